package io.kcp.upstream.wire;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds requests back: rate, number in flight, and the time for which the server asked to be left
 * alone.
 */
final class Throttle {
  private final Bucket bucket;
  private final Semaphore inFlight;
  private final AtomicLong notBefore = new AtomicLong(System.nanoTime());

  Throttle(EndpointLimits limits) {
    // A refill over 1,000 s lets a rate below one a second be said in whole tokens.
    long tokens = Math.max(1, Math.round(limits.qps() * 1000));
    bucket =
        Bucket.builder()
            .addLimit(
                limit ->
                    limit.capacity(limits.burst()).refillGreedy(tokens, Duration.ofSeconds(1000)))
            .build();
    inFlight = new Semaphore(limits.inFlight(), true);
  }

  /** Waits for a place; {@link #leave} gives it back. */
  void enter() throws InterruptedException {
    pace();
    inFlight.acquire();
  }

  void leave() {
    inFlight.release();
  }

  /** Waits for the rate alone: for a request that stays open, as a watch does. */
  void pace() throws InterruptedException {
    for (long wait = notBefore.get() - System.nanoTime();
        wait > 0;
        wait = notBefore.get() - System.nanoTime()) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
    bucket.asBlocking().consume(1);
  }

  /** The server asked for a pause. */
  void pauseFor(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    notBefore.accumulateAndGet(until, (old, now) -> now - old > 0 ? now : old);
  }
}
