package io.kcp.upstream.testkit.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lays a strategic merge patch over an object. Nothing given is changed. */
final class StrategicMerge {
  static final String PATCH = "$patch";
  private static final String RETAIN = "$retainKeys";
  private static final String ORDER = "$setElementOrder/";
  private static final String DELETE = "$deleteFromPrimitiveList/";

  private StrategicMerge() {}

  static Map<String, Object> merge(
      Map<String, Object> original, Map<String, Object> patch, @Nullable Type type) {
    if (patch.containsKey(PATCH)) {
      return replaced(patch);
    }
    Map<String, Object> merged = retained(original, patch);
    for (Map.Entry<String, Object> entry : patch.entrySet()) {
      String name = entry.getKey();
      if (name.startsWith(DELETE)) {
        deleteItems(merged, name.substring(DELETE.length()), entry.getValue());
      } else if (name.startsWith(ORDER)) {
        orderItems(merged, patch, name.substring(ORDER.length()), type);
      } else if (!name.equals(RETAIN) && !patch.containsKey(ORDER + name)) {
        mergeField(merged, name, entry.getValue(), type);
      }
    }
    return merged;
  }

  private static Map<String, Object> replaced(Map<String, Object> patch) {
    Object directive = patch.get(PATCH);
    if ("delete".equals(directive)) {
      return new LinkedHashMap<>();
    }
    if (!"replace".equals(directive)) {
      throw unknownDirective(directive, patch);
    }
    Map<String, Object> rest = new LinkedHashMap<>(patch);
    rest.remove(PATCH);
    return rest;
  }

  static PatchException unknownDirective(@Nullable Object directive, Map<String, Object> patch) {
    return new PatchException(
        500,
        "unknown patch type: %s in map: %s"
            .formatted(GoPrint.plain(directive), GoPrint.plain(patch)));
  }

  /** The original with no more than the fields that the patch retains. */
  private static Map<String, Object> retained(
      Map<String, Object> original, Map<String, Object> patch) {
    Map<String, Object> kept = new LinkedHashMap<>(original);
    if (!patch.containsKey(RETAIN)) {
      return kept;
    }
    List<Object> names = Json.list(patch.get(RETAIN));
    for (String name : patch.keySet()) {
      if (!name.startsWith("$") && patch.get(name) != null && !names.contains(name)) {
        throw new PatchException(400, "invalid patch format of retainKeys");
      }
    }
    kept.keySet().removeIf(name -> !names.contains(name));
    return kept;
  }

  private static void deleteItems(
      Map<String, Object> merged, String field, @Nullable Object deleted) {
    if (merged.get(field) instanceof List<?>) {
      List<Object> rest = new ArrayList<>(Json.list(merged.get(field)));
      rest.removeIf(item -> Json.list(deleted).stream().anyMatch(each -> Json.equal(each, item)));
      merged.put(field, rest);
    }
  }

  private static void orderItems(
      Map<String, Object> merged, Map<String, Object> patch, String field, @Nullable Type type) {
    List<Object> order = Json.list(patch.get(ORDER + field));
    PatchList list = PatchList.of(fieldOf(type, field));
    List<Object> patched = Json.list(patch.get(field));
    list.requireOrder(patched, order);
    List<Object> before = Json.list(merged.get(field));
    if (patch.containsKey(field)) {
      mergeField(merged, field, patched, type);
    }
    if (merged.get(field) instanceof List<?>) {
      merged.put(field, list.inOrder(Json.list(merged.get(field)), order, before));
    }
  }

  private static MapType.@Nullable Field fieldOf(@Nullable Type type, String field) {
    return type == null || type.map() == null ? null : type.map().fields().get(field);
  }

  private static void mergeField(
      Map<String, Object> merged, String name, @Nullable Object patch, @Nullable Type type) {
    if (patch == null) {
      merged.remove(name);
      return;
    }
    MapType.Field field = fieldOf(type, name);
    Object original = merged.get(name);
    boolean replaces = field != null && field.patch().equals("replace");
    if (original instanceof Map<?, ?> && patch instanceof Map<?, ?> && !replaces) {
      Type below = type == null || type.map() == null ? null : type.map().typeOf(name);
      merged.put(name, merge(Json.map(original), Json.map(patch), below));
      return;
    }
    if (original instanceof List<?> && patch instanceof List<?>) {
      merged.put(name, PatchList.of(field).merge(Json.list(original), Json.list(patch)));
      return;
    }
    Object plain = withoutDirectives(patch);
    if (plain == null) {
      merged.remove(name);
    } else {
      merged.put(name, plain);
    }
  }

  /** What a value is where there was none before; null when it is nothing but a directive. */
  static @Nullable Object withoutDirectives(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      Map<String, Object> plain = new LinkedHashMap<>();
      if (Json.map(value).containsKey(PATCH)) {
        return null;
      }
      Json.map(value)
          .forEach(
              (name, field) -> {
                Object kept = name.startsWith("$") ? null : withoutDirectives(field);
                if (kept != null) {
                  plain.put(name, kept);
                }
              });
      return plain;
    }
    if (value instanceof List<?>) {
      List<@Nullable Object> plain = new ArrayList<>();
      for (Object item : Json.list(value)) {
        Object kept = withoutDirectives(item);
        if (kept != null) {
          plain.add(kept);
        }
      }
      return plain;
    }
    return value;
  }
}
