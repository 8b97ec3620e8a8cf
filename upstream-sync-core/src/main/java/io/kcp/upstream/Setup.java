package io.kcp.upstream;

import io.kcp.upstream.wire.Backoff;
import io.kcp.upstream.wire.ClusterEndpoint;
import java.time.Clock;
import java.time.Duration;

/**
 * What a syncer was built with.
 *
 * @param identity tells this syncer from others for the same SyncTarget
 */
record Setup(
    PhysicalCluster physicalCluster,
    Workspace workspaceOf,
    String syncTarget,
    String identity,
    SyncerConfig config,
    Plugins plugins,
    SyncRuntime runtime,
    boolean ownsRuntime,
    boolean lease) {
  private static final Duration LEASE_REQUEST = Duration.ofSeconds(3);

  ClusterEndpoint physical() {
    return physicalCluster.endpoint(config.timeouts());
  }

  ClusterEndpoint workspace() {
    return workspaceOf.endpoint(config.timeouts());
  }

  /**
   * For the Lease: a request that hangs must fail well before the Lease is lost, and must not wait
   * behind those that sync.
   */
  ClusterEndpoint workspaceForLease() {
    SyncerConfig.Timeouts usual = config.timeouts();
    boolean quick = usual.request().compareTo(LEASE_REQUEST) < 0;
    Duration request = quick ? usual.request() : LEASE_REQUEST;
    return workspaceOf.endpoint(
        new SyncerConfig.Timeouts(usual.start(), request, usual.plugin(), usual.shutdown()));
  }

  /** For asking whether it is there at all, not waiting behind what does not get through. */
  ClusterEndpoint physicalForProbe(Duration patience) {
    SyncerConfig.Timeouts usual = config.timeouts();
    Duration request = usual.request().compareTo(patience) < 0 ? usual.request() : patience;
    return physicalCluster.endpoint(
        new SyncerConfig.Timeouts(usual.start(), request, usual.plugin(), usual.shutdown()));
  }

  /** The workspace's path, or its address where it is no workspace of kcp. */
  String workspaceName() {
    String path = workspaceOf.path();
    return path.isEmpty() ? workspace().address() : path;
  }

  Clock clock() {
    return runtime.clock();
  }

  Backoff backoff() {
    SyncerConfig.Retry retry = config.retry();
    return new Backoff(retry.initial(), retry.max(), retry.jitter());
  }
}
