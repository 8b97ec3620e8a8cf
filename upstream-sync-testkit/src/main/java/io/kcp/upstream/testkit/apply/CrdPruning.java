package io.kcp.upstream.testkit.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drops what a structural schema does not know. */
final class CrdPruning {
  private static final Set<String> RESOURCE_FIELDS = Set.of("apiVersion", "kind", "metadata");

  private final List<String> unknown = new ArrayList<>();

  private CrdPruning() {}

  static Pruned prune(
      Map<String, Object> schema, Map<String, Object> object, boolean preserveUnknown) {
    CrdPruning pruning = new CrdPruning();
    Object pruned = object;
    if (!preserveUnknown) {
      pruned = pruning.visit(schema, object, "", true);
      pruning.unknown.sort(null);
    }
    Pruned result = pruneMetadata(Json.map(pruned));
    List<String> unknown = new ArrayList<>(result.unknown());
    unknown.addAll(pruning.unknown);
    return new Pruned(result.object(), unknown);
  }

  private static Pruned pruneMetadata(Map<String, Object> object) {
    if (!(object.get("metadata") instanceof Map<?, ?>)) {
      return new Pruned(object, List.of());
    }
    Type type = TypeTable.BUILT_IN.type("meta.v1.ObjectMeta");
    Pruned pruned = TypePruning.prune(type, Json.map(object.get("metadata")), "metadata");
    if (pruned.unknown().isEmpty()) {
      return new Pruned(object, List.of());
    }
    Map<String, Object> changed = new LinkedHashMap<>(object);
    changed.put("metadata", pruned.object());
    return new Pruned(changed, pruned.unknown());
  }

  private @Nullable Object visit(
      @Nullable Map<String, Object> schema, @Nullable Object value, String path, boolean isRoot) {
    if (value instanceof Map<?, ?>) {
      return visitMap(schema, Json.map(value), path, isRoot);
    }
    if (!(value instanceof List<?>)) {
      return value;
    }
    Map<String, Object> items = schema == null ? null : object(schema.get("items"));
    List<@Nullable Object> kept = new ArrayList<>();
    boolean changed = false;
    for (Object item : Json.list(value)) {
      boolean untouched = schema != null && isOpen(schema) && items == null;
      Object left = untouched ? item : visit(items, item, path + "[" + kept.size() + "]", false);
      changed |= left != item;
      kept.add(left);
    }
    return changed ? kept : value;
  }

  private Map<String, Object> visitMap(
      @Nullable Map<String, Object> schema, Map<String, Object> map, String path, boolean isRoot) {
    Map<String, Object> kept = new LinkedHashMap<>();
    boolean changed = false;
    boolean isResource = isRoot || is(schema, "x-kubernetes-embedded-resource");
    for (Map.Entry<String, Object> entry : map.entrySet()) {
      String name = entry.getKey();
      String below = path.isEmpty() ? name : path + "." + name;
      Object field = entry.getValue();
      if (isResource && RESOURCE_FIELDS.contains(name)) {
        Object left = isRoot || !name.equals("metadata") ? field : embedded(field, below);
        changed |= left != field;
        Json.put(kept, name, left);
      } else if (knows(schema, name)) {
        Object left = visit(schemaOf(schema, name), field, below, false);
        changed |= left != field;
        Json.put(kept, name, left);
      } else if (isOpen(schema)) {
        Json.put(kept, name, field);
      } else {
        unknown.add(below);
        changed = true;
      }
    }
    return changed ? kept : map;
  }

  private @Nullable Object embedded(@Nullable Object metadata, String path) {
    if (!(metadata instanceof Map<?, ?>)) {
      return metadata;
    }
    Type type = TypeTable.BUILT_IN.type("meta.v1.ObjectMeta");
    Pruned pruned = TypePruning.prune(type, Json.map(metadata), path);
    unknown.addAll(pruned.unknown());
    return pruned.object();
  }

  private static boolean knows(@Nullable Map<String, Object> schema, String name) {
    if (schema == null) {
      return false;
    }
    Object additional = schema.get("additionalProperties");
    return Json.map(schema.get("properties")).containsKey(name)
        || (additional != null && !Boolean.FALSE.equals(additional));
  }

  private static @Nullable Map<String, Object> schemaOf(
      @Nullable Map<String, Object> schema, String name) {
    return schema == null ? null : property(schema, name);
  }

  /** The schema of a field; null when nothing is said about it. */
  static @Nullable Map<String, Object> property(Map<String, Object> schema, String name) {
    Map<String, Object> property = object(Json.map(schema.get("properties")).get(name));
    return property == null ? object(schema.get("additionalProperties")) : property;
  }

  static @Nullable Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> ? Json.map(value) : null;
  }

  private static boolean isOpen(@Nullable Map<String, Object> schema) {
    return is(schema, "x-kubernetes-preserve-unknown-fields");
  }

  static boolean is(@Nullable Map<String, Object> schema, String flag) {
    return schema != null && Boolean.TRUE.equals(schema.get(flag));
  }
}
