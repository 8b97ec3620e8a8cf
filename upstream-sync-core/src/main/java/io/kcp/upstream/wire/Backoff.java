package io.kcp.upstream.wire;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Waits between attempts: doubled after each failure up to the longest, and spread by chance so
 * that what failed together does not come back together.
 *
 * @param initial the wait after the first failure, above zero
 * @param max the longest wait, at least {@code initial}
 * @param jitter the share of each wait that is drawn by chance, 0 to 1: with 0.2 a wait of 10 s is
 *     one of 8 to 10 s
 */
public record Backoff(Duration initial, Duration max, double jitter) {

  public Backoff {
    if (initial.isNegative() || initial.isZero() || max.compareTo(initial) < 0) {
      throw new IllegalArgumentException(
          "initial is %s and max is %s; initial must be above zero and at most max"
              .formatted(initial, max));
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter is " + jitter + "; it must be from 0 to 1");
    }
  }

  /** The wait after so many failures in a row, at least 1; any number is taken. */
  public Duration after(int failures) {
    double most = Math.min(nanos(initial) * Math.pow(2, Math.max(0, failures - 1)), nanos(max));
    double drawn = most * (1 - jitter * ThreadLocalRandom.current().nextDouble());
    return Duration.ofNanos(Math.max(1, (long) drawn));
  }

  /** The same, begun so many times slower; never above {@code max}. */
  public Backoff slower(int times) {
    Duration slow = initial.multipliedBy(times);
    return new Backoff(slow.compareTo(max) > 0 ? max : slow, max, jitter);
  }

  private static double nanos(Duration time) {
    return time.toNanos(); // 292 years are enough
  }
}
