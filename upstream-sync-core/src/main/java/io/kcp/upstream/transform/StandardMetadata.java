package io.kcp.upstream.transform;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How every API server merges {@code metadata}, also of a kind that has no schema. */
record StandardMetadata(
    Merge merge, Map<String, MergeSchema> fields, MergeSchema items, List<String> keys)
    implements MergeSchema {
  private static final MergeSchema WHOLE = of(Merge.WHOLE, Map.of());

  static final MergeSchema METADATA =
      of(
          Merge.FIELDS,
          Map.of(
              "labels", map(WHOLE),
              "annotations", map(WHOLE),
              "finalizers", list(Merge.SET, WHOLE, List.of()),
              "ownerReferences", list(Merge.LIST_MAP, WHOLE, List.of("uid"))));

  private static MergeSchema of(Merge merge, Map<String, MergeSchema> fields) {
    return new StandardMetadata(merge, fields, MergeSchema.deduced(), List.of());
  }

  /** A map, of which any key is undeclared. */
  private static MergeSchema map(MergeSchema values) {
    return new StandardMetadata(Merge.FIELDS, Map.of(), values, List.of());
  }

  private static MergeSchema list(Merge merge, MergeSchema items, List<String> keys) {
    return new StandardMetadata(merge, Map.of(), items, keys);
  }

  @Override
  public MergeSchema field(String name) {
    return fields.getOrDefault(name, items);
  }

  @Override
  public boolean declares(String name) {
    return fields.containsKey(name);
  }

  @Override
  public Optional<Object> keyDefault(String key) {
    return Optional.empty();
  }

  @Override
  public ObjectTree prune(ObjectTree object) {
    return object;
  }
}
