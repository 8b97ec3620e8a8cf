package io.kcp.upstream.trouble;

import io.kcp.upstream.FastTime;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncRuntime;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** One life of a syncer's process, which can end in good order or at any instant. */
final class Incarnation implements AutoCloseable {
  private static final int WORKERS = 4;
  private static final int FACTOR = 30;
  private static final SyncerConfig.Limits NO_LIMITS = new SyncerConfig.Limits(5000, 5000, 16, 50);
  private static final SyncerConfig CONFIG =
      SyncerConfig.defaults()
          .with(new SyncerConfig.Retry(Duration.ofMillis(20), Duration.ofMillis(400), 0.2))
          .with(
              new SyncerConfig.Timeouts(
                  Duration.ofSeconds(3),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(3)))
          .with(new SyncerConfig.Fights(100_000, Duration.ofMinutes(1)));

  private final Wire wire = new Wire();
  private final SyncRuntime runtime = FastTime.runtime(WORKERS, FACTOR);
  private final UpstreamSyncer syncer;

  /**
   * @param lease whether it waits for its turn; else it works beside those before it
   */
  Incarnation(ApiClient physical, ApiClient workspace, String syncTarget, boolean lease) {
    UpstreamSyncer.Builder builder =
        UpstreamSyncer.builder(
                PhysicalCluster.of(wire.client(physical)).with(NO_LIMITS),
                Workspace.of(wire.client(workspace)).with(NO_LIMITS),
                syncTarget)
            .plugins(Plugins.none())
            .config(CONFIG)
            .runtime(runtime);
    syncer = (lease ? builder : builder.withoutLease()).build();
  }

  void start() {
    syncer.start();
  }

  UpstreamSyncer syncer() {
    return syncer;
  }

  /** Whether it came to be in sync within so much time. */
  boolean inSync(Duration limit) throws InterruptedException {
    try {
      syncer.awaitInSync(limit);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** What it sends to be written is remembered from now on. */
  void record() {
    wire.record();
  }

  /** The writes that it sent to a path with this in it. */
  List<String> sent(String partOfPath) {
    return wire.sent(partOfPath);
  }

  /** Nothing of it is heard any more: as if the process had been killed. */
  void kill() {
    wire.cut();
  }

  @Override
  public void close() {
    syncer.close();
    runtime.close();
  }
}
