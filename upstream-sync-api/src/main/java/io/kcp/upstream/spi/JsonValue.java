package io.kcp.upstream.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON values as {@link ObjectTree} holds them: unmodifiable maps and lists, and the scalars of
 * {@link JsonScalar}. A null member of a map is absent; a null item of a list stays, as its place
 * counts.
 */
final class JsonValue {
  private JsonValue() {}

  /** Copies deeply; refuses what is no JSON. {@code path} is where the value is going to be. */
  static Object freeze(Object value, FieldPath path) {
    if (value instanceof ObjectTree tree) {
      return tree.asMap();
    }
    if (value instanceof Map<?, ?> map) {
      return freezeMap(map, path);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      for (Object item : list) {
        copy.add(item == null ? null : freeze(item, path.index(copy.size())));
      }
      return Collections.unmodifiableList(copy);
    }
    Object scalar = JsonScalar.canonical(value);
    if (scalar == null) {
      throw new IllegalArgumentException(
          path
              + ": a JSON value is needed (map, list, string, boolean or finite number), not "
              + (value instanceof Number ? value : value.getClass().getName()));
    }
    return scalar;
  }

  static Map<String, Object> freezeMap(Map<?, ?> map, FieldPath path) {
    Map<String, Object> copy = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new IllegalArgumentException(
            "%s: the name of a field is a string, not %s".formatted(path, typeOf(entry.getKey())));
      }
      if (entry.getValue() != null) {
        copy.put(name, freeze(entry.getValue(), path.field(name)));
      }
    }
    return Collections.unmodifiableMap(copy);
  }

  /** What kind of JSON value this is, for messages. */
  static String typeOf(@Nullable Object value) {
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof List) {
      return "a list";
    }
    if (value instanceof String) {
      return "a string";
    }
    if (value instanceof Boolean) {
      return "a boolean";
    }
    if (value instanceof Long) {
      return "an integer";
    }
    if (value instanceof Double) {
      return "a fraction";
    }
    return value == null ? "null" : value.getClass().getName();
  }

  /** The map that this is; else an exception with the first {@code depth} elements of the path. */
  @SuppressWarnings("unchecked") // frozen: the names are strings
  static Map<String, Object> map(@Nullable Object value, FieldPath path, int depth) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new FieldTypeException(path.prefix(depth), "an object", value);
  }

  /** The list that this is; else an exception as of {@link #map}. */
  @SuppressWarnings("unchecked") // a list may be read as one of nullable objects
  static List<@Nullable Object> list(@Nullable Object value, FieldPath path, int depth) {
    if (value instanceof List<?> list) {
      return (List<@Nullable Object>) list;
    }
    throw new FieldTypeException(path.prefix(depth), "a list", value);
  }
}
