package io.kcp.upstream;

import io.kcp.upstream.mirror.MirrorSettings;
import io.kcp.upstream.status.CopyReports;
import io.kcp.upstream.status.health.HealthRules;
import io.kcp.upstream.status.health.HealthSettings;
import io.kcp.upstream.sync.KeyQueue;
import io.kcp.upstream.sync.WorkKey;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has copies looked at again when there is something else to say on them. */
final class WorkloadView {
  private static final Logger LOG = LoggerFactory.getLogger(WorkloadView.class);

  private final Setup setup;
  private final KeyQueue queue;
  private final Copies.Force force;
  private final CopyReports reports;
  private @Nullable Future<?> timer;

  WorkloadView(Setup setup, MirrorSettings settings, KeyQueue queue, Copies.Force force) {
    this.setup = setup;
    this.queue = queue;
    this.force = force;
    this.reports =
        new CopyReports(
            setup.physical(),
            settings,
            coalesce(setup),
            HealthRules.of(HealthSettings.defaults(), setup.plugins().checks()),
            this::tickSoon);
  }

  private static Duration coalesce(Setup setup) {
    return setup.config().reporting().coalesce();
  }

  CopyReports reports() {
    return reports;
  }

  void start() {
    long period = Math.max(1, coalesce(setup).toMillis());
    timer =
        setup
            .runtime()
            .scheduler()
            .scheduleWithFixedDelay(this::tick, period, period, TimeUnit.MILLISECONDS);
  }

  private void tickSoon() {
    try {
      setup.runtime().scheduler().execute(this::tick);
    } catch (RejectedExecutionException e) {
      LOG.debug("the runtime was closed", e);
    }
  }

  private void tick() {
    try {
      reports.tick(this::again);
    } catch (RuntimeException e) {
      LOG.error("SyncTarget {}: workloads could not be looked at", setup.syncTarget(), e);
    }
  }

  private void again(WorkKey key) {
    InForce now = force.now();
    if (now != null) {
      now.reconciler().reconsider(key);
      queue.add(key);
    }
  }

  /** Another set of types is in force. */
  void typesChanged() {
    InForce now = force.now();
    if (now != null) {
      reports.watchFor(now.found().selected().synced().values());
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
    }
    reports.stop();
  }
}
