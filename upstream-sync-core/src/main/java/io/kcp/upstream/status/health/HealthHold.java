package io.kcp.upstream.status.health;

import java.time.Duration;

/**
 * How long a change of health must last before it is reported, see {@link HealthMemory}.
 *
 * @param worse a turn to the worse; 10 s
 * @param better a turn to the better, of an object that flaps; 1 minute
 * @param flaps so many reported turns to the worse within {@code window} are flapping; 3
 * @param window see {@code flaps}; 10 minutes
 */
public record HealthHold(Duration worse, Duration better, int flaps, Duration window) {
  /** Refuses negative times, and less than one flap. */
  public HealthHold {
    if (worse.isNegative() || better.isNegative() || window.isNegative()) {
      throw new IllegalArgumentException(
          "worse %s, better %s, window %s: none may be negative".formatted(worse, better, window));
    }
    if (flaps < 1) {
      throw new IllegalArgumentException("flaps: %d, at least 1 is wanted".formatted(flaps));
    }
  }

  /** The defaults named above. */
  public static HealthHold defaults() {
    return new HealthHold(Duration.ofSeconds(10), Duration.ofMinutes(1), 3, Duration.ofMinutes(10));
  }
}
