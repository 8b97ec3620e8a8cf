package io.kcp.upstream.testkit.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds items that occur twice in the sets and list-maps of a CRD's object. */
final class ListRules {
  private ListRules() {}

  static List<FieldError> duplicates(
      Map<String, Object> schema, @Nullable Object value, String path) {
    List<FieldError> errors = new ArrayList<>();
    if (value instanceof Map<?, ?>) {
      Json.map(value)
          .forEach(
              (name, field) -> {
                Map<String, Object> property = CrdPruning.property(schema, name);
                if (property != null) {
                  errors.addAll(duplicates(property, field, CrdValidation.join(path, name)));
                }
              });
    } else if (value instanceof List<?>) {
      errors.addAll(inList(schema, Json.list(value), path));
      Map<String, Object> items = CrdPruning.object(schema.get("items"));
      for (int i = 0; items != null && i < Json.list(value).size(); i++) {
        errors.addAll(duplicates(items, Json.list(value).get(i), path + "[" + i + "]"));
      }
    }
    return errors;
  }

  private static List<FieldError> inList(
      Map<String, Object> schema, List<Object> list, String path) {
    String listType = Json.string(schema, "x-kubernetes-list-type");
    if (!listType.equals("set") && !listType.equals("map")) {
      return List.of();
    }
    List<FieldError> errors = new ArrayList<>();
    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < list.size(); i++) {
      Object identity = listType.equals("map") ? keysOf(schema, list.get(i)) : list.get(i);
      if (seen.merge(FieldErrors.print(identity), 1, Integer::sum) == 2) {
        errors.add(FieldErrors.duplicate(path + "[" + i + "]", identity));
      }
    }
    return errors;
  }

  /** The keys of an item of a list-map. */
  static Map<String, Object> keysOf(Map<String, Object> schema, @Nullable Object item) {
    Map<String, Object> keys = new TreeMap<>();
    for (Object key : Json.list(schema.get("x-kubernetes-list-map-keys"))) {
      String name = String.valueOf(key);
      if (Json.map(item).containsKey(name)) {
        Json.put(keys, name, Json.map(item).get(name));
      }
    }
    return keys;
  }
}
