package io.kcp.upstream.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON values as {@link ObjectTree} holds them: frozen maps and lists, and the scalars of {@link
 * JsonScalar}. A null member of a map is absent; a null item of a list stays, as its place counts.
 */
final class JsonValue {
  private JsonValue() {}

  /**
   * Copies deeply what is not frozen yet; refuses what is no JSON. {@code path} is where the value
   * is going to be.
   */
  static Object freeze(Object value, FieldPath path) {
    try {
      return frozen(value);
    } catch (NoJson e) {
      throw e.below(path);
    }
  }

  static Map<String, Object> freezeMap(Map<?, ?> map, FieldPath path) {
    try {
      return frozenMap(map);
    } catch (NoJson e) {
      throw e.below(path);
    }
  }

  private static Object frozen(Object value) {
    if (value instanceof String || value instanceof FrozenList) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return frozenMap(map);
    }
    if (value instanceof List<?> list) {
      return frozenList(list);
    }
    if (value instanceof ObjectTree tree) {
      return tree.asMap();
    }
    Object scalar = JsonScalar.canonical(value);
    if (scalar == null) {
      throw new NoJson(
          "a JSON value is needed (map, list, string, boolean or finite number), not "
              + (value instanceof Number ? value : value.getClass().getName()));
    }
    return scalar;
  }

  private static List<@Nullable Object> frozenList(List<?> list) {
    List<@Nullable Object> copy = new ArrayList<>(list.size());
    for (Object item : list) {
      try {
        copy.add(item == null ? null : frozen(item));
      } catch (NoJson e) {
        throw e.in(new FieldPath.Index(copy.size()));
      }
    }
    return FrozenList.of(copy);
  }

  @SuppressWarnings("unchecked") // a frozen map has names for keys
  private static Map<String, Object> frozenMap(Map<?, ?> map) {
    if (map instanceof FrozenMap) {
      return (Map<String, Object>) map;
    }
    Map<String, Object> copy = new LinkedHashMap<>(map.size() * 4 / 3 + 1);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new NoJson("the name of a field is a string, not " + typeOf(entry.getKey()));
      }
      if (entry.getValue() != null) {
        try {
          copy.put(name, frozen(entry.getValue()));
        } catch (NoJson e) {
          throw e.in(new FieldPath.Field(name));
        }
      }
    }
    return FrozenMap.of(copy);
  }

  /** What is no JSON, and the way to it, which is only looked for when it is needed. */
  private static final class NoJson extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<FieldPath.Element> way = new ArrayList<>(); // from the inside out

    NoJson(String message) {
      super(message, null, false, false);
    }

    NoJson in(FieldPath.Element outer) {
      way.add(outer);
      return this;
    }

    IllegalArgumentException below(FieldPath path) {
      FieldPath whole = path;
      for (int i = way.size() - 1; i >= 0; i--) {
        whole = whole.child(way.get(i));
      }
      return new IllegalArgumentException(whole + ": " + getMessage());
    }
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
