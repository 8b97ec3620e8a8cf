package io.kcp.upstream.testkit.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Drops what a type does not know. */
final class TypePruning {
  private final List<String> unknown = new ArrayList<>();

  private TypePruning() {}

  /**
   * Prunes a part of an object.
   *
   * @param path of the part; "" for the whole
   */
  static Pruned prune(Type type, Map<String, Object> part, String path) {
    TypePruning pruning = new TypePruning();
    Object pruned = pruning.visit(type, part, path);
    return new Pruned(Json.map(pruned), pruning.unknown);
  }

  private @Nullable Object visit(Type type, @Nullable Object value, String path) {
    if (value instanceof Map<?, ?> && type.map() != null) {
      return visitMap(type.map(), Json.map(value), path);
    }
    if (!(value instanceof List<?>) || type.list() == null) {
      return value;
    }
    List<@Nullable Object> kept = new ArrayList<>();
    boolean changed = false;
    for (Object item : Json.list(value)) {
      Object left = visit(type.list().items(), item, path + "[" + kept.size() + "]");
      changed |= left != item;
      kept.add(left);
    }
    return changed ? kept : value;
  }

  private Map<String, Object> visitMap(MapType type, Map<String, Object> map, String path) {
    Map<String, Object> kept = new LinkedHashMap<>();
    boolean changed = false;
    for (Map.Entry<String, Object> entry : map.entrySet()) {
      String below = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
      Type known = type.typeOf(entry.getKey());
      if (known == null) {
        unknown.add(below);
        changed = true;
      } else {
        Object left = visit(known, entry.getValue(), below);
        changed |= left != entry.getValue();
        Json.put(kept, entry.getKey(), left);
      }
    }
    return changed ? kept : map;
  }
}
