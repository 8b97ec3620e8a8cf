package io.kcp.upstream.discovery;

import io.kcp.upstream.wire.ClusterEndpoint;

/** Asks one cluster what it serves. Safe for any number of threads. */
public final class DiscoveryClient {
  private final ClusterEndpoint cluster;

  public DiscoveryClient(ClusterEndpoint cluster) {
    this.cluster = cluster;
  }

  /**
   * What the cluster serves now. A group that does not answer keeps its last known resources and is
   * marked stale. Throws {@link io.kcp.upstream.wire.RequestException} when nothing at all is known
   * and the server gives no answer.
   */
  public Served refresh() throws InterruptedException {
    throw unfinished();
  }

  /**
   * A live look, past every cache: whether the resource is listed right now in its group and
   * version with the verbs list and watch. Throws {@link io.kcp.upstream.wire.RequestException}
   * when that can't be told.
   */
  public boolean servesNow(ResourceType type) throws InterruptedException {
    throw unfinished();
  }

  /** The UID of the namespace kube-system, read live: it tells one cluster from another. */
  public String clusterUid() throws InterruptedException {
    throw unfinished();
  }

  private RuntimeException unfinished() {
    return new UnsupportedOperationException(cluster.name());
  }
}
