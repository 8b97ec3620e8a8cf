package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.GroupResource;

/**
 * A resource that is pulled up: as each side serves it, in the same version, and how the workspace
 * merges its fields.
 */
public record SyncedType(ResourceType physical, ResourceType upstream, MergeSchema schema) {
  public GroupResource resource() {
    return physical.resource();
  }
}
