package io.kcp.upstream.sync;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the keys of one queue worked on by shared workers, at most so many at once: no thread of its
 * own, and each key a task of its own, so that syncers take turns. Safe for any thread.
 *
 * <p>In place of the client's {@code DefaultController}, which holds its workers for itself, gives
 * up silently when it is not ready in time, and never again works on a key whose reconciler
 * returned null.
 */
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** What is done with one key. */
  public interface Work {
    /**
     * Called on a worker; {@link KeyQueue#done} follows in any case. What it throws is logged, and
     * the key added again rate limited.
     */
    void run(WorkKey key) throws InterruptedException;
  }

  private final KeyQueue queue;
  private final Executor workers;
  private final Work work;

  // All guarded by this.
  private int atOnce;
  private int running;
  private boolean started;
  private boolean draining;

  public Dispatcher(KeyQueue queue, Executor workers, int atOnce, Work work) {
    this.queue = queue;
    this.workers = workers;
    this.atOnce = atOnce;
    this.work = work;
  }

  /** Begins to take keys. */
  public void start() {
    synchronized (this) {
      started = true;
    }
    queue.onReady(this::dispatch);
    dispatch();
  }

  /** At most so many at once from now on; 0 lets keys wait in the queue. */
  public void limit(int most) {
    synchronized (this) {
      atOnce = most;
    }
    dispatch();
  }

  /** How many keys are being worked on. */
  public synchronized int running() {
    return running;
  }

  /**
   * Takes no more keys, for good, and waits for those being worked on; returns whether all ended in
   * time.
   */
  public synchronized boolean drain(Duration atMost) throws InterruptedException {
    draining = true;
    long deadline = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toNanos();
        running > 0 && left > 0;
        left = deadline - System.nanoTime()) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return running == 0;
  }

  private void dispatch() {
    for (WorkKey key = next(); key != null; key = next()) {
      WorkKey taken = key;
      try {
        workers.execute(() -> run(taken));
      } catch (RejectedExecutionException e) {
        LOG.debug("{} is left: the workers have ended", taken);
        ended(taken);
        return;
      }
    }
  }

  /** A key together with the place for it; asked under one lock, so that no key is left waiting. */
  private synchronized @Nullable WorkKey next() {
    if (!started || draining || running >= atOnce) {
      return null;
    }
    WorkKey key = queue.poll();
    if (key != null) {
      running++;
    }
    return key;
  }

  private void run(WorkKey key) {
    try {
      work.run(key);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("{} failed where failures should have been told", key, e);
      queue.addRateLimited(key);
    } finally {
      ended(key);
      dispatch();
    }
  }

  private void ended(WorkKey key) {
    queue.done(key);
    synchronized (this) {
      running--;
      notifyAll();
    }
  }
}
