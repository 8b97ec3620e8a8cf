package io.kcp.upstream.transform;

import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an object holds at the fields that somebody owns: applying just that again by the same
 * manager changes nothing, so that a field may be changed in it without knowing where the rest came
 * from.
 */
public final class OwnedPart {
  private static final String ITSELF = ".";
  private static final String FIELD = "f:";
  private static final String KEYS = "k:";
  private static final String VALUE = "v:";

  private OwnedPart() {}

  /** The owned fields with their values; a field that is owned and absent stays absent. */
  public static ObjectTree of(ObjectTree live, FieldSet owned) {
    return owned.iterator().hasNext()
        ? ObjectTree.of(ofMap(live.asMap(), owned.toFieldsV1()))
        : ObjectTree.of(Map.of());
  }

  private static Object part(Object value, Map<?, ?> fields) {
    if (fields.isEmpty()) {
      return value; // a leaf: all of it
    }
    if (value instanceof Map<?, ?> map) {
      return ofMap(map, fields);
    }
    return value instanceof List<?> list ? ofList(list, fields) : value;
  }

  private static Map<String, Object> ofMap(Map<?, ?> map, Map<?, ?> fields) {
    Map<String, Object> part = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          if (fields.get(FIELD + name) instanceof Map<?, ?> below) {
            part.put((String) name, part(value, below));
          }
        });
    return part;
  }

  private static List<Object> ofList(List<?> list, Map<?, ?> fields) {
    List<Object> part = new ArrayList<>();
    for (Object item : list) {
      fields.forEach(
          (name, below) -> ofItem(item, (String) name, (Map<?, ?>) below).ifPresent(part::add));
    }
    return part;
  }

  private static Optional<Object> ofItem(Object item, String name, Map<?, ?> below) {
    if (name.startsWith(VALUE)) {
      return item.equals(json(name.substring(VALUE.length())))
          ? Optional.of(item)
          : Optional.empty();
    }
    if (name.startsWith(KEYS)
        && item instanceof Map<?, ?> map
        && json(name.substring(KEYS.length())) instanceof Map<?, ?> keys
        && map.entrySet().containsAll(keys.entrySet())) {
      boolean only = below.isEmpty() || below.keySet().equals(Set.of(ITSELF));
      return Optional.of(only ? keys : ofMap(map, below));
    }
    return Optional.empty();
  }

  /** Field sets hold values as JSON. */
  private static Object json(String text) {
    try {
      byte[] whole = ("{\"it\":" + text + "}").getBytes(StandardCharsets.UTF_8);
      Object value = Json.readObject(whole).get("it");
      return value == null ? "" : value;
    } catch (IOException e) {
      throw new IllegalArgumentException("no JSON in a field set", e); // it was written as such
    }
  }
}
