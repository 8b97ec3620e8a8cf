package io.kcp.upstream.lease;

import com.google.common.base.CharMatcher;
import com.google.common.util.concurrent.MoreExecutors;
import io.kubernetes.client.extended.leaderelection.Lock;
import io.kubernetes.client.openapi.ApiException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acquires a Lease, renews it, notices its loss, releases it. No thread of its own. Safe for any
 * thread.
 *
 * <p>In place of the client's {@code LeaderElector}, which holds the calling thread and three
 * executors for each Lease, calls the stop hook of who never led, leaves it to its caller to try
 * again after a loss, and cannot say whether the Lease is held at this moment.
 */
public final class LeaseHolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseHolder.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final LeaseAttempt attempt;
  private final String lease;
  private final LeaseTiming timing;
  private final LeaseListener listener;
  private final Executor workers;
  private final Executor telling;
  private final ScheduledExecutorService timer;

  // All guarded by this.
  private boolean started;
  private boolean closed;
  private boolean busy;
  private boolean holding;
  private long renewedAt;
  private String waitingFor = ""; // what was last said to stand in the way
  private @Nullable ScheduledFuture<?> next;
  private @Nullable ScheduledFuture<?> deadline;

  /**
   * {@code workers} send the requests, {@code timer} says when; neither is closed here. {@code
   * lock} is this holder's alone.
   */
  public LeaseHolder(
      Lock lock,
      LeaseTiming timing,
      LeaseListener listener,
      ExecutorService workers,
      ScheduledExecutorService timer) {
    this.attempt = new LeaseAttempt(lock, timing.duration());
    this.lease = lock.describe();
    this.timing = timing;
    this.listener = listener;
    this.workers = workers;
    this.telling = MoreExecutors.newSequentialExecutor(workers);
    this.timer = timer;
  }

  /** Begins to try, and never gives up before {@link #close}. */
  public synchronized void start() {
    if (!started && !closed) {
      started = true;
      workers.execute(this::turn);
    }
  }

  /**
   * Whether this process may act as the holder at this moment: false from the renewal deadline on,
   * even while a request hangs or right after the process was stopped for a while.
   */
  public synchronized boolean held() {
    return holding && System.nanoTime() - renewedAt < timing.renewal().toNanos();
  }

  /** Who holds it, as last read; empty when nobody or unknown. */
  public Optional<String> holder() {
    return Optional.of(attempt.holder()).filter(name -> !name.isEmpty());
  }

  /** Waits until it is held; false when that takes longer, or it was closed. */
  public synchronized boolean await(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toNanos();
        left > 0 && !held() && !closed;
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
    }
    return held();
  }

  /**
   * Releases it, so that another can have it at once, and ends: waits at most 5 s for the request
   * that is under way, then sends one more. Safe to call twice.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      cancel(next);
      cancel(deadline);
      notifyAll();
    }
    try {
      if (quiet(CLOSE)) {
        release();
      } else {
        LOG.warn("{}: a request is still under way; it is left to expire", lease);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("{}: interrupted; it is left to expire", lease);
    }
  }

  private void turn() {
    if (!begin()) {
      return;
    }
    long sent = System.nanoTime(); // what others see as renewed is never earlier than this
    try {
      boolean ours = attempt.acquireOrRenew(isHolding());
      if (ours) {
        renewed(sent);
      } else {
        refused("held by " + attempt.holder());
      }
    } catch (ApiException | RuntimeException e) {
      failed(inOneLine(e));
    } finally {
      end();
    }
  }

  /** The client's own exceptions say in many lines what their cause says in one. */
  private static String inOneLine(Exception e) {
    Throwable told = e instanceof ApiException && e.getCause() != null ? e.getCause() : e;
    return CharMatcher.whitespace().trimAndCollapseFrom(String.valueOf(told.getMessage()), ' ');
  }

  private synchronized boolean begin() {
    busy = !closed;
    return busy;
  }

  private synchronized boolean isHolding() {
    return holding;
  }

  private synchronized void end() {
    busy = false;
    notifyAll();
    if (!closed) {
      long wait = timing.retry().toNanos();
      long spread = wait + (long) (wait * 0.2 * ThreadLocalRandom.current().nextDouble());
      next = schedule(() -> workers.execute(this::turn), spread);
    }
  }

  private synchronized void renewed(long sent) {
    renewedAt = sent;
    cancel(deadline);
    long left = timing.renewal().toNanos() - (System.nanoTime() - sent);
    if (!closed) {
      // On the timer's own thread: workers that all hang must not keep a loss from being noticed.
      deadline = schedule(this::expire, Math.max(left, 0));
    }
    waitingFor = "";
    if (!holding) {
      holding = true;
      LOG.info("{}: acquired", lease);
      tell(listener::acquired);
    }
    notifyAll();
  }

  /** Somebody else holds it. */
  private synchronized void refused(String why) {
    if (holding) {
      lose(why);
    }
    waiting(why);
  }

  /** Nobody knows who holds it now: what was ours stays ours until the deadline. */
  private synchronized void failed(String why) {
    if (!holding) {
      waiting(why);
    } else if (!why.equals(waitingFor)) {
      waitingFor = why;
      LOG.warn("{}: not renewed: {}", lease, why);
    }
  }

  private synchronized void expire() {
    if (holding && !closed && !held()) {
      lose("not renewed for " + timing.renewal().toMillis() + " ms");
    }
  }

  private void lose(String why) {
    holding = false;
    waitingFor = "";
    LOG.warn("{}: lost: {}", lease, why);
    tell(() -> listener.lost(why));
  }

  private void waiting(String why) {
    if (!why.equals(waitingFor)) {
      waitingFor = why;
      LOG.info("{}: waiting: {}", lease, why);
      tell(() -> listener.waiting(why));
    }
  }

  private void tell(Runnable call) {
    if (!closed) {
      telling.execute(call);
    }
  }

  private @Nullable ScheduledFuture<?> schedule(Runnable task, long nanos) {
    try {
      return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: no renewal any more: the timer has ended", lease);
      return null;
    }
  }

  private static void cancel(@Nullable ScheduledFuture<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }

  /** Waits until no request is under way. */
  private synchronized boolean quiet(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toNanos(); busy && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
    }
    return !busy;
  }

  private void release() {
    synchronized (this) {
      if (!holding) {
        return;
      }
      holding = false;
    }
    try {
      LOG.info("{}: {}", lease, attempt.release() ? "released" : "was taken meanwhile");
    } catch (RuntimeException e) {
      LOG.warn("{}: not released, it is left to expire: {}", lease, e.getMessage());
    }
  }
}
