package io.kcp.upstream.sync;

import io.kcp.upstream.sync.KeyLanes.Lane;
import io.kubernetes.client.extended.workqueue.RateLimitingQueue;
import io.kubernetes.client.extended.workqueue.ratelimiter.RateLimiter;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The keys to be worked on. A key is in it once, and is not given out again before {@link #done}:
 * added meanwhile, it comes back then. Fresh changes go before what is tried again, and that before
 * the backlog of a start, none of them waiting for ever; resources take turns. Safe for any thread.
 *
 * <p>In place of the client's {@code DefaultDelayingQueue}, which silently drops each delayed key
 * that does not find room among the thousand that it takes in at once, and of {@code
 * DefaultRateLimitingQueue}, whose default executor keeps a process from ending.
 */
public final class KeyQueue implements RateLimitingQueue<WorkKey> {

  private record Delayed(long due, ScheduledFuture<?> task) {}

  private final RateLimiter<WorkKey> limiter;
  private final ScheduledExecutorService timer;

  // All guarded by this.
  private final KeyLanes lanes = new KeyLanes();
  private final Set<WorkKey> processing = new HashSet<>();
  private final Map<WorkKey, Lane> again = new HashMap<>();
  private final Map<WorkKey, Delayed> delayed = new HashMap<>();
  private boolean shuttingDown;

  private volatile Runnable ready = () -> {};

  /** {@code timer} carries delayed keys; it is not closed here. */
  public KeyQueue(RateLimiter<WorkKey> limiter, ScheduledExecutorService timer) {
    this.limiter = limiter;
    this.timer = timer;
  }

  /** Called, on any thread and holding no lock, whenever a key may be had by {@link #poll}. */
  public void onReady(Runnable listener) {
    ready = listener;
  }

  /** A fresh change. */
  @Override
  public void add(WorkKey key) {
    add(key, Lane.FRESH);
  }

  /** Goes after fresh changes: what a start finds. */
  public void addBacklog(WorkKey key) {
    add(key, Lane.BACKLOG);
  }

  private void add(WorkKey key, Lane lane) {
    if (accepted(key, lane)) {
      ready.run();
    }
  }

  private synchronized boolean accepted(WorkKey key, Lane lane) {
    if (shuttingDown) {
      return false;
    }
    if (processing.contains(key)) {
      again.merge(key, lane, (a, b) -> a.compareTo(b) <= 0 ? a : b);
      return false;
    }
    boolean put = lanes.put(key, lane);
    if (put) {
      notify();
    }
    return put;
  }

  /** Added after that time; of several times for one key the soonest counts. Never refused. */
  @Override
  public void addAfter(WorkKey key, Duration wait) {
    if (wait.isZero() || wait.isNegative()) {
      add(key, Lane.RETRY);
      return;
    }
    long due = System.nanoTime() + wait.toNanos();
    synchronized (this) {
      Delayed before = delayed.get(key);
      if (shuttingDown || (before != null && before.due() - due <= 0)) {
        return;
      }
      if (before != null) {
        before.task().cancel(false);
      }
      delayed.put(key, new Delayed(due, schedule(key, due, wait)));
    }
  }

  private ScheduledFuture<?> schedule(WorkKey key, long due, Duration wait) {
    return timer.schedule(() -> arrive(key, due), wait.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void arrive(WorkKey key, long due) {
    synchronized (this) {
      Delayed now = delayed.get(key);
      if (now == null || now.due() != due) {
        return; // cancelled too late
      }
      delayed.remove(key);
    }
    add(key, Lane.RETRY);
  }

  /** Added after the limiter's wait, which grows with each call until {@link #forget}. */
  @Override
  public void addRateLimited(WorkKey key) {
    var unused = retry(key);
  }

  /** Like {@link #addRateLimited}; returns the wait. */
  public Duration retry(WorkKey key) {
    Duration wait = limiter.when(key);
    addAfter(key, wait);
    return wait;
  }

  @Override
  public void forget(WorkKey key) {
    limiter.forget(key);
  }

  @Override
  public int numRequeues(WorkKey key) {
    return limiter.numRequeues(key);
  }

  /** The next key, or null when there is none now. {@link #done} must follow. */
  public synchronized @Nullable WorkKey poll() {
    WorkKey key = lanes.poll();
    if (key != null) {
      processing.add(key);
    }
    return key;
  }

  /** Waits for a key; null after {@link #shutDown} when all are given out. */
  @Override
  @SuppressWarnings("NullAway") // the contract of the interface: null at the end
  public synchronized WorkKey get() throws InterruptedException {
    WorkKey key = poll();
    while (key == null && !shuttingDown) {
      wait();
      key = poll();
    }
    return key;
  }

  @Override
  public void done(WorkKey key) {
    Lane lane;
    synchronized (this) {
      processing.remove(key);
      lane = again.remove(key);
    }
    if (lane != null) {
      add(key, lane);
    }
  }

  /** How many keys could be given out now. */
  @Override
  public synchronized int length() {
    return lanes.size();
  }

  /** Refuses new keys and drops delayed ones; those queued can still be had. */
  @Override
  public synchronized void shutDown() {
    shuttingDown = true;
    again.clear();
    delayed.values().forEach(later -> later.task().cancel(false));
    delayed.clear();
    notifyAll();
  }

  @Override
  public synchronized boolean isShuttingDown() {
    return shuttingDown;
  }
}
