package io.kcp.upstream;

import com.google.common.util.concurrent.MoreExecutors;
import io.kcp.upstream.status.StatusWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a report written whenever it is due, one write after the other, on the workers. */
final class WriteTicker {
  private static final Logger LOG = LoggerFactory.getLogger(WriteTicker.class);
  private static final Duration MOST_OFTEN = Duration.ofMillis(250);
  private static final Duration LAST_WRITE = Duration.ofSeconds(5);

  /** What is written; called on a worker, by one at a time. */
  interface Writes {
    void due() throws InterruptedException;

    void last() throws InterruptedException;
  }

  private final Setup setup;
  private final String what;
  private final Duration period;
  private final Writes writes;
  private final Executor inTurn;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private volatile boolean stopped;
  private @Nullable Future<?> timer;

  /**
   * A ticker that has not begun.
   *
   * @param what is written, in messages
   * @param period from one look to the next
   */
  WriteTicker(Setup setup, String what, Duration period, Writes writes) {
    this.setup = setup;
    this.what = what;
    this.period = period;
    this.writes = writes;
    this.inTurn = MoreExecutors.newSequentialExecutor(setup.runtime().workers());
  }

  /**
   * Often enough that a change waits for no more than the coalescing time.
   *
   * @param there whether the SyncTarget still exists
   */
  static WriteTicker ofStatus(Setup setup, StatusWriter writer, BooleanSupplier there) {
    Duration coalesce = setup.config().reporting().coalesce();
    return new WriteTicker(
        setup,
        "its status",
        coalesce.compareTo(MOST_OFTEN) < 0 ? coalesce : MOST_OFTEN,
        new Writes() {
          @Override
          public void due() throws InterruptedException {
            if (there.getAsBoolean()) {
              writer.writeIfDue();
            }
          }

          @Override
          public void last() throws InterruptedException {
            if (there.getAsBoolean()) {
              writer.writeNow();
            }
          }
        });
  }

  void start() {
    setup.runtime().vigil().expect(this, "the write of " + what + " (" + setup.syncTarget() + ")");
    timer =
        setup
            .runtime()
            .scheduler()
            .scheduleWithFixedDelay(
                this::tick, 0, Math.max(1, period.toMillis()), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    if (waiting.compareAndSet(false, true)) {
      submit(
          () -> {
            waiting.set(false);
            if (!stopped) {
              setup.runtime().vigil().turn(this);
            }
            writes.due();
          });
    }
  }

  private interface Task {
    void run() throws InterruptedException;
  }

  private void submit(Task task) {
    try {
      inTurn.execute(
          () -> {
            try {
              task.run();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
              LOG.error("SyncTarget {}: {} can't be written", setup.syncTarget(), what, e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("the runtime was closed", e);
    }
  }

  void stop() {
    stopped = true;
    setup.runtime().vigil().forget(this);
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Waits for the last write, but not for long: a workspace that is down must not hold us. */
  void stopWithLastWrite() throws InterruptedException {
    stop();
    CountDownLatch written = new CountDownLatch(1);
    submit(
        () -> {
          try {
            writes.last();
          } finally {
            written.countDown();
          }
        });
    if (!written.await(LAST_WRITE.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("SyncTarget {}: {} could not be written at the end", setup.syncTarget(), what);
    }
  }
}
