package io.kcp.upstream;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runtimes whose clock and timers run faster than the time of the day. */
public final class FastTime {
  private FastTime() {}

  /** So many times faster; what waits for a server's answer waits as ever. */
  public static SyncRuntime runtime(int workers, int factor) {
    return new SyncRuntime(
        workers,
        new FastClock(factor),
        SyncMeters.NONE,
        new FastScheduler(factor),
        new Vigil(System::nanoTime));
  }

  private static final class FastClock extends Clock {
    private final Instant begin = Instant.now();
    private final long nanos = System.nanoTime();
    private final int factor;

    FastClock(int factor) {
      this.factor = factor;
    }

    @Override
    public Instant instant() {
      return begin.plusNanos((System.nanoTime() - nanos) * factor);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("only UTC");
    }
  }

  private static final class FastScheduler extends ScheduledThreadPoolExecutor {
    private final int factor;

    FastScheduler(int factor) {
      super(
          1,
          task -> {
            Thread thread = new Thread(task, "upstream-sync-timer");
            thread.setDaemon(true);
            return thread;
          });
      this.factor = factor;
    }

    private long nanos(long delay, TimeUnit unit) {
      return Math.max(1, unit.toNanos(delay) / factor);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      return super.schedule(command, nanos(delay, unit), TimeUnit.NANOSECONDS);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
      return super.schedule(callable, nanos(delay, unit), TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
        Runnable command, long first, long period, TimeUnit unit) {
      return super.scheduleAtFixedRate(
          command, nanos(first, unit), nanos(period, unit), TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable command, long first, long delay, TimeUnit unit) {
      return super.scheduleWithFixedDelay(
          command, nanos(first, unit), nanos(delay, unit), TimeUnit.NANOSECONDS);
    }
  }
}
