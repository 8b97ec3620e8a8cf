package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import java.util.Optional;

/**
 * One key in the middle of a pass.
 *
 * @param upstream the key of the copy
 */
record Item(
    WorkKey key, SyncedType type, ObjectKey upstream, Mirror physicalMirror, Mirror copyMirror) {
  private static final GroupResource SECRETS = GroupResource.parse("secrets");

  Optional<MirrorEntry> physicalEntry() {
    return physicalMirror.find(key.namespace(), key.name());
  }

  Optional<MirrorEntry> copyEntry() {
    return copyMirror.find(upstream.namespace(), upstream.name());
  }

  MergeSchema schema() {
    return type.schema();
  }

  /** Whether no text may quote a value. */
  boolean isSensitive() {
    return isSensitive(key.resource());
  }

  static boolean isSensitive(GroupResource resource) {
    return resource.equals(SECRETS);
  }
}
