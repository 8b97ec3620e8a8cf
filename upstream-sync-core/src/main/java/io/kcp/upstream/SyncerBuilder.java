package io.kcp.upstream;

import io.kcp.upstream.spi.ObjectKey;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collects what a syncer is made of; nothing is asked or started. */
final class SyncerBuilder implements UpstreamSyncer.Builder {
  private final PhysicalCluster physical;
  private final Workspace workspace;
  private final String syncTarget;
  private SyncerConfig config = SyncerConfig.defaults();
  private @Nullable Plugins plugins;
  private @Nullable SyncRuntime runtime;
  private boolean lease = true;

  SyncerBuilder(PhysicalCluster physical, Workspace workspace, String syncTarget) {
    try {
      ObjectKey.upstream("synctargets.workload.kcp.io", "", syncTarget);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "syncTarget is \"%s\"; it must be the name of a SyncTarget".formatted(syncTarget), e);
    }
    this.physical = physical;
    this.workspace = workspace;
    this.syncTarget = syncTarget;
  }

  @Override
  public UpstreamSyncer.Builder config(SyncerConfig other) {
    config = other;
    return this;
  }

  @Override
  public UpstreamSyncer.Builder plugins(Plugins other) {
    plugins = other;
    return this;
  }

  @Override
  public UpstreamSyncer.Builder runtime(SyncRuntime other) {
    runtime = other;
    return this;
  }

  @Override
  public UpstreamSyncer.Builder withoutLease() {
    lease = false;
    return this;
  }

  /** Of this syncer alone; where a pod or machine has a name, a person sees which it is. */
  private static String identity() {
    String host = System.getenv("HOSTNAME");
    String own = UUID.randomUUID().toString();
    return host == null || host.isBlank() ? own : host.strip() + "_" + own;
  }

  @Override
  public UpstreamSyncer build() {
    Plugins known = plugins == null ? Plugins.discover() : plugins;
    boolean owned = runtime == null;
    SyncRuntime shared = runtime == null ? SyncRuntime.builder().build() : runtime;
    return new UpstreamSyncer(
        new Setup(
            physical, workspace, syncTarget, identity(), config, known, shared, owned, lease));
  }
}
