package io.kcp.upstream;

import io.kcp.upstream.wire.Backoff;
import io.kcp.upstream.wire.ClusterEndpoint;
import java.time.Clock;

/** What a syncer was built with. */
record Setup(
    PhysicalCluster physicalCluster,
    Workspace workspaceOf,
    String syncTarget,
    SyncerConfig config,
    Plugins plugins,
    SyncRuntime runtime,
    boolean ownsRuntime,
    boolean lease) {

  ClusterEndpoint physical() {
    return physicalCluster.endpoint(config.timeouts());
  }

  ClusterEndpoint workspace() {
    return workspaceOf.endpoint(config.timeouts());
  }

  Clock clock() {
    return runtime.clock();
  }

  Backoff backoff() {
    SyncerConfig.Retry retry = config.retry();
    return new Backoff(retry.initial(), retry.max(), retry.jitter());
  }
}
