package io.kcp.upstream;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/**
 * Threads, clock and meters of any number of syncers. Whoever makes one closes it; a syncer that is
 * given none makes its own, and closes that. All threads are daemons. Safe for any thread.
 */
public final class SyncRuntime implements AutoCloseable {
  private final ExecutorService workers;
  private final ScheduledThreadPoolExecutor scheduler;
  private final ThreadFactory watchThreads;
  private final int workerCount;
  private final Clock clock;
  private final SyncMeters meters;
  private final Set<UpstreamSyncer> running = ConcurrentHashMap.newKeySet();

  private SyncRuntime(int workerCount, Clock clock, SyncMeters meters) {
    this(
        workerCount,
        clock,
        meters,
        new ScheduledThreadPoolExecutor(1, threads("upstream-sync-timer-%d")));
  }

  /** Takes over the scheduler: a test's may let time pass faster, as its clock does. */
  SyncRuntime(
      int workerCount, Clock clock, SyncMeters meters, ScheduledThreadPoolExecutor scheduler) {
    this.workerCount = workerCount;
    this.clock = clock;
    this.meters = meters;
    this.workers = Executors.newFixedThreadPool(workerCount, threads("upstream-sync-worker-%d"));
    this.scheduler = scheduler;
    this.scheduler.setRemoveOnCancelPolicy(true);
    this.watchThreads = threads("upstream-sync-watch-%d");
  }

  private static ThreadFactory threads(String format) {
    return new ThreadFactoryBuilder().setDaemon(true).setNameFormat(format).build();
  }

  /** 8 workers, the UTC clock and no meters, unless told otherwise. */
  public static Builder builder() {
    return new SettingsBuilder();
  }

  /**
   * First closes the syncers that still run, side by side; then ends the threads. Safe to call
   * twice.
   */
  @Override
  public void close() {
    running.parallelStream().forEach(UpstreamSyncer::close);
    scheduler.shutdownNow();
    workers.shutdownNow();
  }

  ExecutorService workers() {
    return workers;
  }

  int workerCount() {
    return workerCount;
  }

  ScheduledThreadPoolExecutor scheduler() {
    return scheduler;
  }

  ThreadFactory watchThreads() {
    return watchThreads;
  }

  Clock clock() {
    return clock;
  }

  SyncMeters meters() {
    return meters;
  }

  void opened(UpstreamSyncer syncer) {
    running.add(syncer);
  }

  void closed(UpstreamSyncer syncer) {
    running.remove(syncer);
  }

  /** Where measurements go; made by {@code MicrometerMeters.of(registry)}, not by others. */
  public interface Meters {}

  /** Builds a runtime. */
  public interface Builder {
    /**
     * How many threads do the work of all syncers; at least 1. Watches have threads of their own.
     */
    Builder workers(int count);

    Builder clock(Clock clock);

    Builder meters(Meters meters);

    SyncRuntime build();
  }

  private static final class SettingsBuilder implements Builder {
    private int workers = 8;
    private Clock clock = Clock.systemUTC();
    private SyncMeters meters = SyncMeters.NONE;

    @Override
    public Builder workers(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("workers is " + count + "; it must be at least 1");
      }
      workers = count;
      return this;
    }

    @Override
    public Builder clock(Clock other) {
      clock = other;
      return this;
    }

    @Override
    public Builder meters(Meters other) {
      if (!(other instanceof SyncMeters made)) {
        throw new IllegalArgumentException(
            "meters is a %s; it must be made by MicrometerMeters.of"
                .formatted(other.getClass().getName()));
      }
      meters = made;
      return this;
    }

    @Override
    public SyncRuntime build() {
      return new SyncRuntime(workers, clock, meters);
    }
  }
}
