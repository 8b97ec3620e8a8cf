package io.kcp.upstream.sync;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.Side;
import io.kcp.upstream.transform.Transformation;
import java.util.Optional;

/** Which key is which on the other side. */
public final class KeyMap {
  private final Transformation transformation;

  public KeyMap(Transformation transformation) {
    this.transformation = transformation;
  }

  /** Empty when its namespace has no place upstream. */
  public Optional<ObjectKey> upstream(WorkKey key) {
    return transformation.upstream(physical(key));
  }

  /** The key of the physical object behind an upstream one; empty when there can be none. */
  public Optional<WorkKey> physical(GroupResource resource, String namespace, String name) {
    return transformation
        .physical(new ObjectKey(Side.UPSTREAM, resource, namespace, name))
        .map(key -> new WorkKey(key.resource(), key.namespace(), key.name()));
  }

  static ObjectKey physical(WorkKey key) {
    return new ObjectKey(Side.PHYSICAL, key.resource(), key.namespace(), key.name());
  }
}
