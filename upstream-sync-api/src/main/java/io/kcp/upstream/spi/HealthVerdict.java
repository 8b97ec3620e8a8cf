package io.kcp.upstream.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one object does, and why.
 *
 * @param health the verdict
 * @param reason CamelCase, such as {@code MinimumReplicasAvailable}
 * @param message for people, without values of Secrets
 * @param finished whether its work is done for good, as a completed Job's is
 * @param recheckAfter when to look again though no event comes; null when only a change matters
 */
public record HealthVerdict(
    Health health,
    String reason,
    String message,
    boolean finished,
    @Nullable Duration recheckAfter) {
  /**
   * Makes a verdict that holds until the object changes.
   *
   * @param health the verdict
   * @param reason CamelCase
   * @param message for people
   * @return the verdict
   */
  public static HealthVerdict of(Health health, String reason, String message) {
    return new HealthVerdict(health, reason, message, false, null);
  }

  /**
   * Says that the object's work is done for good.
   *
   * @return this verdict, finished
   */
  public HealthVerdict asFinished() {
    return new HealthVerdict(health, reason, message, true, recheckAfter);
  }

  /**
   * Says when to look again: needed by who used {@link HealthContext#now}.
   *
   * @param time from now
   * @return this verdict with that time
   */
  public HealthVerdict recheckAfter(Duration time) {
    return new HealthVerdict(health, reason, message, finished, time);
  }
}
