package io.kcp.upstream.lease;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How long things last with a Lease.
 *
 * @param duration after so long without a renewal others may take the Lease; whole seconds
 * @param renewal the holder gives up when it could not renew for so long; shorter than {@code
 *     duration}
 * @param retry how often it is renewed, or tried for; shorter than {@code renewal}
 */
public record LeaseTiming(Duration duration, Duration renewal, Duration retry) {

  public LeaseTiming {
    if (retry.isNegative()
        || retry.isZero()
        || renewal.compareTo(retry) <= 0
        || duration.compareTo(renewal) <= 0
        || !duration.truncatedTo(ChronoUnit.SECONDS).equals(duration)) {
      throw new IllegalArgumentException(
          "duration is %s, renewal %s, retry %s; each must be above the next, the last above zero, the first in whole seconds"
              .formatted(duration, renewal, retry));
    }
  }

  /** 15 s, 10 s, 2 s. */
  public static LeaseTiming defaults() {
    return new LeaseTiming(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
  }
}
