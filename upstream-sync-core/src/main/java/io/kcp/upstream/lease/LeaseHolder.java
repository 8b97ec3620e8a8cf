package io.kcp.upstream.lease;

import io.kubernetes.client.extended.leaderelection.Lock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** Acquires a Lease, renews it, notices its loss, releases it. No thread of its own. */
@SuppressWarnings("DoNotCallSuggester") // until it is built
public final class LeaseHolder implements AutoCloseable {

  /** {@code workers} send the requests, {@code timer} says when; neither is closed here. */
  public LeaseHolder(
      Lock lock,
      LeaseTiming timing,
      LeaseListener listener,
      ExecutorService workers,
      ScheduledExecutorService timer) {}

  /** Begins to try, and never gives up before {@link #close}. */
  public void start() {
    throw new UnsupportedOperationException("drafted");
  }

  /**
   * Whether this process may act as the holder at this moment: false from the renewal deadline on,
   * even while a request hangs or right after the process was stopped for a while.
   */
  public boolean held() {
    throw new UnsupportedOperationException("drafted");
  }

  /** Who holds it, as last read; empty when nobody or unknown. */
  public Optional<String> holder() {
    throw new UnsupportedOperationException("drafted");
  }

  /** Waits until it is held; false when that takes longer. */
  public boolean await(Duration atMost) throws InterruptedException {
    throw new UnsupportedOperationException("drafted");
  }

  /**
   * Releases it, so that another can have it at once, and ends; at most 5 s. Safe to call twice.
   */
  @Override
  public void close() {
    throw new UnsupportedOperationException("drafted");
  }
}
