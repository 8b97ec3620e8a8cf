package io.kcp.upstream.testkit.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a structural schema says about values that are absent or null. No argument is changed. */
final class CrdDefaults {
  private CrdDefaults() {}

  static Map<String, Object> fill(Map<String, Object> schema, Map<String, Object> object) {
    Map<String, Object> filled = Json.map(fillValue(schema, object));
    MapType type = TypeTable.BUILT_IN.type("meta.v1.ObjectMeta").asMap();
    if (filled.get("metadata") instanceof Map<?, ?> metadata) {
      filled.put("metadata", NormalForm.of(type, Json.map(metadata)));
    }
    return filled;
  }

  private static @Nullable Object fillValue(
      @Nullable Map<String, Object> schema, @Nullable Object value) {
    if (schema == null) {
      return value;
    }
    if (value instanceof Map<?, ?>) {
      return fillMap(schema, Json.map(value));
    }
    if (!(value instanceof List<?>)) {
      return value;
    }
    Map<String, Object> items = CrdPruning.object(schema.get("items"));
    List<@Nullable Object> filled = new ArrayList<>();
    for (Object item : Json.list(value)) {
      filled.add(fillValue(items, orDefault(items, item)));
    }
    return filled;
  }

  private static Map<String, Object> fillMap(Map<String, Object> schema, Map<String, Object> map) {
    Map<String, Object> filled = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          Map<String, Object> field = CrdPruning.property(schema, name);
          Json.put(filled, name, fillValue(field, orDefault(field, value)));
        });
    Json.map(schema.get("properties"))
        .forEach(
            (name, property) -> {
              Map<String, Object> field = Json.map(property);
              Object value = field.get("default");
              if (value != null && !map.containsKey(name)) {
                Json.put(filled, name, fillValue(field, Json.copy(value)));
              }
            });
    return filled;
  }

  private static @Nullable Object orDefault(
      @Nullable Map<String, Object> schema, @Nullable Object value) {
    return value == null && schema != null && !CrdPruning.is(schema, "nullable")
        ? Json.copy(schema.get("default"))
        : value;
  }

  static Map<String, Object> dropNulls(Map<String, Object> schema, Map<String, Object> object) {
    return Json.map(withoutNulls(schema, object));
  }

  private static @Nullable Object withoutNulls(
      @Nullable Map<String, Object> schema, @Nullable Object value) {
    if (schema == null) {
      return value;
    }
    if (value instanceof List<?>) {
      List<@Nullable Object> kept = new ArrayList<>();
      Map<String, Object> items = CrdPruning.object(schema.get("items"));
      Json.list(value).forEach(item -> kept.add(withoutNulls(items, item)));
      return kept;
    }
    if (!(value instanceof Map<?, ?>)) {
      return value;
    }
    Map<String, Object> kept = new LinkedHashMap<>();
    Json.map(value)
        .forEach(
            (name, field) -> {
              Map<String, Object> property = CrdPruning.property(schema, name);
              if (field != null || !isPointlessNull(property)) {
                Json.put(kept, name, withoutNulls(property, field));
              }
            });
    return kept;
  }

  private static boolean isPointlessNull(@Nullable Map<String, Object> schema) {
    return schema != null && !CrdPruning.is(schema, "nullable") && schema.get("default") == null;
  }
}
