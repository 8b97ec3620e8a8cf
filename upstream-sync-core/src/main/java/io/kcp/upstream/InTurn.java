package io.kcp.upstream;

import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one task as often as it is asked for, one run after the other. Asked for while it runs, it
 * runs once more, however often it was asked for: what the run under way has read may be older.
 * Safe for any thread.
 */
final class InTurn {
  private static final Logger LOG = LoggerFactory.getLogger(InTurn.class);

  private final Executor executor;
  private final Runnable task;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile boolean running;

  InTurn(Executor executor, Runnable task) {
    this.executor = MoreExecutors.newSequentialExecutor(executor);
    this.task = task;
  }

  /** Does not wait. */
  void soon() {
    if (asked.compareAndSet(false, true)) {
      try {
        executor.execute(this::run);
      } catch (RejectedExecutionException e) {
        LOG.debug("the runtime was closed", e);
      }
    }
  }

  private void run() {
    running = true; // first: it is busy all the time from the question to the end
    asked.set(false);
    try {
      task.run();
    } finally {
      running = false;
    }
  }

  /** Whether it is asked for and not done. */
  boolean isBusy() {
    return asked.get() || running;
  }
}
