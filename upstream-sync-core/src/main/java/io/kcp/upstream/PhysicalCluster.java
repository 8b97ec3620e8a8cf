package io.kcp.upstream;

import io.kcp.upstream.wire.ClusterEndpoint;
import io.kubernetes.client.openapi.ApiClient;
import java.util.function.Supplier;

/**
 * The cluster in which resources really live. It is only read. Syncers that are given the same
 * instance share its limits. Immutable: each {@code with} gives another instance, with limits of
 * its own.
 */
public final class PhysicalCluster {
  private final ApiClient client;
  private final SyncerConfig.Limits limits;
  private final Supplier<ApiClient> renewal;
  private final SharedEndpoint endpoint;

  private PhysicalCluster(
      ApiClient client, SyncerConfig.Limits limits, Supplier<ApiClient> renewal) {
    this.client = client;
    this.limits = limits;
    this.renewal = renewal;
    this.endpoint = new SharedEndpoint("physical cluster", client, "", limits, renewal);
  }

  /** {@code client} is read, never changed and never closed; time-outs are set per call. */
  public static PhysicalCluster of(ApiClient client) {
    return new PhysicalCluster(client, SyncerConfig.Limits.defaults(), () -> client);
  }

  public PhysicalCluster with(SyncerConfig.Limits other) {
    return new PhysicalCluster(client, other, renewal);
  }

  /**
   * {@code afterA401} is asked once after each 401; it may read credentials again, on a thread of
   * the syncer.
   */
  public PhysicalCluster renewedBy(Supplier<ApiClient> afterA401) {
    return new PhysicalCluster(client, limits, afterA401);
  }

  ClusterEndpoint endpoint(SyncerConfig.Timeouts timeouts) {
    return endpoint.get(timeouts.request());
  }
}
