package io.kcp.upstream.transform;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;

/** Sets of fields of whole objects. */
public final class FieldSets {
  private FieldSets() {}

  /** What a server notes as owned by who applies this object. */
  public static FieldSet of(ObjectTree desired, MergeSchema schema) {
    FieldSetWalk walk = new FieldSetWalk();
    new OwnershipWalk<>(walk).walk(desired, walk.root(), schema);
    return walk.fields();
  }

  /** The object less these fields and all below them; containers stay, even when empty. */
  public static ObjectTree without(ObjectTree object, FieldSet fields) {
    ObjectTree rest = object;
    for (var field : fields) {
      rest = rest.without(field.toString());
    }
    return rest;
  }
}
