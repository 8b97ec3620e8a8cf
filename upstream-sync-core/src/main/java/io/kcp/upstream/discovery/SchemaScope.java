package io.kcp.upstream.discovery;

import io.kcp.upstream.discovery.MergeSchema.Merge;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The schemas that can refer to each other by name. Immutable to the outside. */
final class SchemaScope {
  private final Map<String, SchemaShape> named;
  private final Map<String, SchemaNode> nodes = new ConcurrentHashMap<>();

  SchemaScope(Map<String, SchemaShape> named) {
    this.named = Map.copyOf(named);
  }

  /** Follows references; null where one leads nowhere. */
  @Nullable SchemaShape resolved(SchemaShape shape) {
    @Nullable SchemaShape at = shape;
    for (int steps = 0; at != null && at.reference() != null; steps++) {
      Merge merge = at.merge();
      at = steps > named.size() ? null : named.get(at.reference()); // a circle leads nowhere
      if (at != null && merge != Merge.DEDUCED) {
        at = at.merging(merge);
      }
    }
    return at;
  }

  /** The node of a shape; one and the same for all references to a name. */
  MergeSchema node(SchemaShape shape) {
    String name = shape.reference();
    if (name != null && shape.merge() == Merge.DEDUCED) {
      SchemaNode known = nodes.get(name);
      if (known != null) {
        return known;
      }
    }
    SchemaShape target = resolved(shape);
    if (target == null) {
      return MergeSchema.deduced();
    }
    SchemaNode node = new SchemaNode(target, this);
    if (name == null || shape.merge() != Merge.DEDUCED) {
      return node;
    }
    SchemaNode other = nodes.putIfAbsent(name, node);
    return other == null ? node : other;
  }

  /** This scope less what can't be reached from a name. */
  SchemaScope reachableFrom(String name) {
    Map<String, SchemaShape> reached = new LinkedHashMap<>();
    reach(SchemaShape.reference(name, Merge.DEDUCED, null), reached);
    return new SchemaScope(reached);
  }

  private void reach(@Nullable SchemaShape shape, Map<String, SchemaShape> reached) {
    if (shape == null) {
      return;
    }
    String name = shape.reference();
    if (name != null) {
      SchemaShape target = named.get(name);
      if (target != null && reached.putIfAbsent(name, target) == null) {
        reach(target, reached);
      }
      return;
    }
    shape.fields().values().forEach(field -> reach(field, reached));
    reach(shape.others(), reached);
    reach(shape.items(), reached);
  }

  boolean saysTheSameAs(SchemaScope other) {
    return named.equals(other.named);
  }
}
