package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drops what a server would drop, and returns the same instance of all that stays as it is. */
final class Pruning {
  private static final Set<String> OF_EVERY_OBJECT = Set.of("apiVersion", "kind", "metadata");

  private final SchemaScope scope;

  Pruning(SchemaScope scope) {
    this.scope = scope;
  }

  ObjectTree wholeObject(ObjectTree object, SchemaShape shape) {
    Map<String, Object> pruned = map(object.asMap(), shape.embedding());
    return pruned == object.asMap() ? object : ObjectTree.of(pruned);
  }

  private Map<String, Object> map(Map<String, Object> map, SchemaShape shape) {
    Map<String, Object> kept = new LinkedHashMap<>();
    boolean same = true;
    for (Map.Entry<String, Object> entry : map.entrySet()) {
      SchemaShape field = shape.field(entry.getKey());
      boolean standard = shape.embedded() && OF_EVERY_OBJECT.contains(entry.getKey());
      if (!standard && field == null && !shape.keepsUnknown()) {
        same = false;
        continue;
      }
      Object value = standard || field == null ? entry.getValue() : value(entry.getValue(), field);
      same &= value == entry.getValue();
      kept.put(entry.getKey(), value);
    }
    return same ? map : kept;
  }

  @SuppressWarnings("unchecked") // an ObjectTree's maps have strings as keys
  private Object value(Object value, SchemaShape declared) {
    SchemaShape shape = scope.resolved(declared);
    if (shape == null) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return map((Map<String, Object>) map, shape);
    }
    return value instanceof List<?> list && shape.items() != null
        ? list(list, shape.items())
        : value;
  }

  private List<?> list(List<?> list, SchemaShape items) {
    List<@Nullable Object> kept = new ArrayList<>(list.size());
    boolean same = true;
    for (Object item : list) {
      Object value = item == null ? null : value(item, items);
      same &= value == item;
      kept.add(value);
    }
    return same ? list : kept;
  }
}
