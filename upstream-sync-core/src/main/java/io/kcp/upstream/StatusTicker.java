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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the status written whenever it is due, one write after the other, on the workers. */
final class StatusTicker {
  private static final Logger LOG = LoggerFactory.getLogger(StatusTicker.class);
  private static final Duration MOST_OFTEN = Duration.ofMillis(250);
  private static final Duration LAST_WRITE = Duration.ofSeconds(5);

  private interface Task {
    void run() throws InterruptedException;
  }

  private final Setup setup;
  private final StatusWriter writer;
  private final Executor inTurn;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private @Nullable Future<?> timer;

  StatusTicker(Setup setup, StatusWriter writer) {
    this.setup = setup;
    this.writer = writer;
    this.inTurn = MoreExecutors.newSequentialExecutor(setup.runtime().workers());
  }

  void start() {
    Duration coalesce = setup.config().reporting().coalesce();
    long period = (coalesce.compareTo(MOST_OFTEN) < 0 ? coalesce : MOST_OFTEN).toMillis();
    timer =
        setup
            .runtime()
            .scheduler()
            .scheduleWithFixedDelay(this::tick, 0, Math.max(1, period), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    if (waiting.compareAndSet(false, true)) {
      submit(
          () -> {
            waiting.set(false);
            writer.writeIfDue();
          });
    }
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
              LOG.error("SyncTarget {}: its status can't be written", setup.syncTarget(), e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("the runtime was closed", e);
    }
  }

  void stop() {
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
            writer.writeNow();
          } finally {
            written.countDown();
          }
        });
    if (!written.await(LAST_WRITE.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warn("SyncTarget {}: the last status could not be written", setup.syncTarget());
    }
  }
}
