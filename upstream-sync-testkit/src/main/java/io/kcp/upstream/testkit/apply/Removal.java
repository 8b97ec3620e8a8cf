package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes fields out of an object, each with all below it. What lost all its content is null. */
final class Removal {
  private final FieldSet removed;

  private Removal(FieldSet removed) {
    this.removed = removed;
  }

  static Map<String, Object> of(Type type, Map<String, Object> object, FieldSet removed) {
    return removed.isEmpty()
        ? object
        : Json.map(new Removal(removed).visit(type, object, FieldPath.of()));
  }

  /** Returns the value itself when nothing in it is removed. */
  private @Nullable Object visit(Type type, @Nullable Object value, FieldPath path) {
    if (value instanceof Map<?, ?> && type.map() != null && !type.map().isAtomic()) {
      return visitMap(type.map(), Json.map(value), path);
    }
    if (value instanceof List<?> && type.list() != null && !type.list().isAtomic()) {
      return visitList(type.list(), Json.list(value), path);
    }
    return value;
  }

  private @Nullable Object visitMap(MapType type, Map<String, Object> map, FieldPath path) {
    Map<String, Object> kept = new LinkedHashMap<>();
    boolean changed = false;
    for (Map.Entry<String, Object> entry : map.entrySet()) {
      FieldPath below = path.field(entry.getKey());
      Type fieldType = type.typeOf(entry.getKey());
      Object field = entry.getValue();
      if (removed.contains(below)) {
        changed = true;
      } else {
        Object left = fieldType == null ? field : visit(fieldType, field, below);
        changed |= left != field;
        Json.put(kept, entry.getKey(), left);
      }
    }
    return !changed ? map : kept.isEmpty() ? null : kept;
  }

  private @Nullable Object visitList(ListType type, List<Object> list, FieldPath path) {
    List<@Nullable Object> kept = new ArrayList<>();
    boolean changed = false;
    for (Object item : list) {
      FieldPath below = path.child(type.elementOf(item));
      if (removed.contains(below)) {
        changed = true;
      } else {
        Object left = visit(type.items(), item, below);
        changed |= left != item;
        kept.add(left);
      }
    }
    return !changed ? list : kept.isEmpty() ? null : kept;
  }
}
