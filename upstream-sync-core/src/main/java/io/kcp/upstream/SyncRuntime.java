package io.kcp.upstream;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads, clock and meters of any number of syncers. Whoever makes one closes it; a syncer that is
 * given none makes its own, and closes that. All threads are daemons. Safe for any thread.
 */
public final class SyncRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SyncRuntime.class);

  private final ExecutorService workers;
  private final ScheduledThreadPoolExecutor scheduler;
  private final ThreadFactory watchThreads;
  private final int workerCount;
  private final Clock clock;
  private final SyncMeters meters;
  private final Vigil vigil;
  private final Set<UpstreamSyncer> running = ConcurrentHashMap.newKeySet();

  private SyncRuntime(int workerCount, Clock clock, SyncMeters meters) {
    this(
        workerCount,
        clock,
        meters,
        new ScheduledThreadPoolExecutor(1, threads("upstream-sync-timer-%d")),
        new Vigil(System::nanoTime));
  }

  /** Takes over the scheduler: a test's may let time pass faster, as its clock does. */
  SyncRuntime(
      int workerCount,
      Clock clock,
      SyncMeters meters,
      ScheduledThreadPoolExecutor scheduler,
      Vigil vigil) {
    this.vigil = vigil;
    this.workerCount = workerCount;
    this.clock = clock;
    this.meters = meters;
    this.workers = new Workers(workerCount, vigil);
    this.scheduler = scheduler;
    this.scheduler.setRemoveOnCancelPolicy(true);
    this.watchThreads = watched(vigil);
  }

  private static final class Workers extends ThreadPoolExecutor {
    private final Vigil vigil;

    Workers(int count, Vigil vigil) {
      super(
          count,
          count,
          0,
          TimeUnit.MILLISECONDS,
          new LinkedBlockingQueue<>(),
          threads("upstream-sync-worker-%d"));
      this.vigil = vigil;
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
      vigil.begins(thread);
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
      vigil.ended(Thread.currentThread());
    }
  }

  /** What kills one of these threads is more than any of them can mend. */
  private static ThreadFactory watched(Vigil vigil) {
    return new ThreadFactoryBuilder()
        .setDaemon(true)
        .setNameFormat("upstream-sync-watch-%d")
        .setUncaughtExceptionHandler(
            (thread, cause) -> {
              LOG.error("{} ended", thread.getName(), cause);
              vigil.died(thread, cause);
            })
        .build();
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

  /**
   * What makes no progress any more and will not by waiting, for people: a thread that for far
   * longer than any request may take did nothing, or ended. Empty while all goes on, also while
   * servers do not answer, and for what plug-ins do that have a time-out. For a liveness probe: the
   * process is to be started anew. Sends no request.
   */
  public Optional<String> stuck() {
    return vigil.stuck();
  }

  Vigil vigil() {
    return vigil;
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
