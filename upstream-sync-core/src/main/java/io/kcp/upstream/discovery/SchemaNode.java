package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A schema that follows references when it is asked for what lies behind them. */
final class SchemaNode implements MergeSchema {
  private final SchemaShape shape;
  private final SchemaScope scope;
  private final Map<String, MergeSchema> fields = new ConcurrentHashMap<>(4);
  // Made when first needed; made twice when two threads come at once, which does no harm.
  private volatile @Nullable MergeSchema others;
  private volatile @Nullable MergeSchema items;

  /** {@code shape} is no reference. */
  SchemaNode(SchemaShape shape, SchemaScope scope) {
    this.shape = shape;
    this.scope = scope;
  }

  @Override
  public Merge merge() {
    return shape.merge();
  }

  @Override
  public MergeSchema field(String name) {
    MergeSchema known = fields.get(name);
    if (known != null) {
      return known;
    }
    SchemaShape declared = shape.fields().get(name);
    if (declared == null) { // not remembered by name: names of labels and the like are endless
      return others();
    }
    MergeSchema made = scope.node(declared);
    fields.put(name, made);
    return made;
  }

  @Override
  public boolean declares(String name) {
    return shape.fields().containsKey(name);
  }

  private MergeSchema others() {
    MergeSchema known = others;
    if (known == null) {
      known = node(shape.others());
      others = known;
    }
    return known;
  }

  @Override
  public MergeSchema items() {
    MergeSchema known = items;
    if (known == null) {
      known = node(shape.items());
      items = known;
    }
    return known;
  }

  private MergeSchema node(@Nullable SchemaShape declared) {
    return declared == null ? MergeSchema.deduced() : scope.node(declared);
  }

  @Override
  public List<String> keys() {
    return shape.keys();
  }

  @Override
  public Optional<Object> keyDefault(String key) {
    return items() instanceof SchemaNode node
        ? Optional.ofNullable(node.shape.fields().get(key)).map(SchemaShape::standard)
        : Optional.empty();
  }

  @Override
  public ObjectTree prune(ObjectTree object) {
    return new Pruning(scope).wholeObject(object, shape);
  }

  boolean saysTheSameAs(SchemaNode other) {
    return shape.equals(other.shape) && scope.saysTheSameAs(other.scope);
  }
}
