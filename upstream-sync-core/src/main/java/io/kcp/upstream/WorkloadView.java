package io.kcp.upstream;

import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.spi.HealthCheck;
import io.kcp.upstream.status.CopyReports;
import io.kcp.upstream.status.WorkloadSums;
import io.kcp.upstream.status.health.HealthRules;
import io.kcp.upstream.status.health.HealthSettings;
import io.kcp.upstream.sync.KeyQueue;
import io.kcp.upstream.sync.WorkKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has copies looked at again when there is something else to say on them. */
final class WorkloadView {
  private static final Logger LOG = LoggerFactory.getLogger(WorkloadView.class);

  /**
   * What it looks at and moves.
   *
   * @param returned called when the physical cluster answers after it was away
   */
  record World(TypeMirrors mirrors, KeyQueue queue, Copies.Force force, Runnable returned) {}

  private final Setup setup;
  private final World world;
  private final PluginThreads threads;
  private final CopyReports reports;
  private final Sight sight;
  private final CopyReports.Turns turns = new Turns();
  private @Nullable Future<?> timer;

  WorkloadView(Setup setup, World world) {
    this.setup = setup;
    this.world = world;
    this.threads = new PluginThreads(setup);
    this.reports =
        new CopyReports(
            setup.physical(),
            world.mirrors().settings(),
            coalesce(setup),
            HealthRules.of(HealthSettings.defaults(), timed(setup.plugins().checks())),
            this::tickSoon);
    this.sight = new Sight(setup, new Sight.World(this::physicalMirrors, world.returned()));
  }

  private List<HealthCheck> timed(List<HealthCheck> checks) {
    return checks.stream().<HealthCheck>map(c -> new TimedCheck(c, threads.calls())).toList();
  }

  private static Duration coalesce(Setup setup) {
    return setup.config().reporting().coalesce();
  }

  private Collection<Mirror> physicalMirrors() {
    List<Mirror> all = new ArrayList<>(reports.mirrors());
    world.mirrors().pairs().forEach(pair -> all.add(pair.physical()));
    return all;
  }

  CopyReports reports() {
    return reports;
  }

  WorkloadSums sums() {
    return reports.sums(sight.silentSince().isPresent());
  }

  Sight sight() {
    return sight;
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
      sight.look();
      reports.seen(sight.silentSince(), sight.isClear(), turns);
      reports.tick(this::again);
    } catch (RuntimeException e) {
      LOG.error("SyncTarget {}: workloads could not be looked at", setup.syncTarget(), e);
    }
  }

  private void again(WorkKey key) {
    InForce now = world.force().now();
    if (now != null) {
      now.reconciler().reconsider(key);
      world.queue().add(key);
    }
  }

  /** Another set of types is in force. */
  void typesChanged() {
    InForce now = world.force().now();
    if (now != null) {
      reports.watchFor(now.found().selected().synced().values());
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
    }
    reports.stop();
    threads.close();
  }

  /** May be any number at once: they go after fresh changes. */
  private final class Turns implements CopyReports.Turns {
    @Override
    public void each(Consumer<WorkKey> to) {
      for (TypeMirrors.Pair pair : world.mirrors().pairs()) {
        for (MirrorEntry each : pair.physical().entries()) {
          to.accept(new WorkKey(pair.type().resource(), each.namespace(), each.name()));
        }
      }
    }

    @Override
    public void lost(WorkKey key) {
      InForce now = world.force().now();
      if (now != null) {
        now.reconciler().reconsider(key);
        world.queue().addBacklog(key);
      }
    }

    @Override
    public void regained(WorkKey key) {
      InForce now = world.force().now();
      if (now != null) {
        now.reconciler().forgetPair(key);
        world.queue().addBacklog(key);
      }
    }
  }
}
