package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.spi.GroupResource;
import java.util.Optional;
import java.util.Set;

/** What is mirrored now; it changes while a reconciler is in use. Safe for any thread. */
public interface Mirrors {
  /** The resources that have a type. */
  Set<GroupResource> resources();

  Optional<SyncedType> type(GroupResource resource);

  /** All objects of the resource in the physical cluster. */
  Optional<Mirror> physical(GroupResource resource);

  /** The copies, which is to say the objects with our mark, in the workspace. */
  Optional<Mirror> upstream(GroupResource resource);
}
