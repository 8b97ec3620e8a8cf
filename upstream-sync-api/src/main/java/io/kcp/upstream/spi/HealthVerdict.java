package io.kcp.upstream.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

public record HealthVerdict(
    Health health,
    String reason,
    String message,
    boolean finished,
    @Nullable Duration recheckAfter) {
  public static HealthVerdict of(Health health, String reason, String message) {
    return new HealthVerdict(health, reason, message, false, null);
  }

  public HealthVerdict asFinished() {
    return new HealthVerdict(health, reason, message, true, recheckAfter);
  }

  public HealthVerdict recheckAfter(Duration time) {
    return new HealthVerdict(health, reason, message, finished, time);
  }
}
