package io.kcp.upstream.wire;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds requests back: rate, number in flight, which follows what the server bears, and the time
 * for which the server asked to be left alone.
 */
final class Throttle {
  private final Bucket bucket;
  private final AdaptiveLimit inFlight;
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
    inFlight = new AdaptiveLimit(limits.inFlight());
  }

  /** Waits for a place; {@link #leave} gives it back, and is told what this returns. */
  long enter() throws InterruptedException {
    pace();
    return inFlight.enter();
  }

  /** {@code overloaded}: the server has too much to do. */
  void leave(long entered, boolean overloaded) {
    inFlight.leave(entered, overloaded);
  }

  /** How many requests may be in flight now. */
  int limit() {
    return inFlight.now();
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
