package io.kcp.upstream.sync;

import io.kubernetes.client.extended.workqueue.RateLimitingQueue;
import io.kubernetes.client.extended.workqueue.ratelimiter.RateLimiter;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The keys to be worked on. A key is in it once, and is not given out again before {@link #done}:
 * added meanwhile, it comes back then. Fresh changes go before what is tried again, and that before
 * the backlog of a start, none of them waiting for ever; resources take turns. Safe for any thread.
 */
@SuppressWarnings("DoNotCallSuggester") // until it is built
public final class KeyQueue implements RateLimitingQueue<WorkKey> {

  /** {@code timer} carries delayed keys; it is not closed here. */
  public KeyQueue(RateLimiter<WorkKey> limiter, ScheduledExecutorService timer) {}

  /** Called, on any thread and holding no lock, whenever a key may be had by {@link #poll}. */
  public void onReady(Runnable listener) {
    throw new UnsupportedOperationException("drafted");
  }

  /** A fresh change. */
  @Override
  public void add(WorkKey key) {
    throw new UnsupportedOperationException("drafted");
  }

  /** Goes after fresh changes: what a start finds. */
  public void addBacklog(WorkKey key) {
    throw new UnsupportedOperationException("drafted");
  }

  /** Added after that time; of several times for one key the soonest counts. Never refused. */
  @Override
  public void addAfter(WorkKey key, Duration wait) {
    throw new UnsupportedOperationException("drafted");
  }

  /** Added after the limiter's wait, which grows with each call until {@link #forget}. */
  @Override
  public void addRateLimited(WorkKey key) {
    throw new UnsupportedOperationException("drafted");
  }

  @Override
  public void forget(WorkKey key) {
    throw new UnsupportedOperationException("drafted");
  }

  @Override
  public int numRequeues(WorkKey key) {
    throw new UnsupportedOperationException("drafted");
  }

  /** The next key, or null when there is none now. {@link #done} must follow. */
  public @Nullable WorkKey poll() {
    throw new UnsupportedOperationException("drafted");
  }

  /** Waits for a key; null after {@link #shutDown} when all are given out. */
  @Override
  public @Nullable WorkKey get() throws InterruptedException {
    throw new UnsupportedOperationException("drafted");
  }

  @Override
  public void done(WorkKey key) {
    throw new UnsupportedOperationException("drafted");
  }

  /** How many keys could be given out now. */
  @Override
  public int length() {
    throw new UnsupportedOperationException("drafted");
  }

  /** Refuses new keys and drops delayed ones; those queued can still be had. */
  @Override
  public void shutDown() {
    throw new UnsupportedOperationException("drafted");
  }

  @Override
  public boolean isShuttingDown() {
    throw new UnsupportedOperationException("drafted");
  }
}
