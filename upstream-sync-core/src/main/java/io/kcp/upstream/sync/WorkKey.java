package io.kcp.upstream.sync;

import io.kcp.upstream.spi.GroupResource;

/**
 * One object to be looked at: always by its key in the physical cluster.
 *
 * @param namespace empty for a cluster-scoped object
 */
public record WorkKey(GroupResource resource, String namespace, String name) {

  /** {@code deployments.apps/shop/web}, {@code namespaces/shop}. */
  @Override
  public String toString() {
    return resource + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }
}
