package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.Health;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one rule says, before it is known whose name stands under it. */
record Ruling(
    Health health,
    String reason,
    String message,
    boolean finished,
    boolean terminating,
    boolean assessed,
    @Nullable Duration recheckAfter) {
  static Ruling of(Health health, String reason, String message) {
    return new Ruling(health, reason, message, false, false, true, null);
  }

  static Ruling healthy(String reason, String message) {
    return of(Health.HEALTHY, reason, message);
  }

  static Ruling progressing(String reason, String message) {
    return of(Health.PROGRESSING, reason, message);
  }

  static Ruling degraded(String reason, String message) {
    return of(Health.DEGRADED, reason, message);
  }

  static Ruling suspended(String reason, String message) {
    return of(Health.SUSPENDED, reason, message);
  }

  static Ruling unknown(String reason, String message) {
    return of(Health.UNKNOWN, reason, message);
  }

  static Ruling terminating(String message) {
    return new Ruling(Health.PROGRESSING, "Terminating", message, false, true, true, null);
  }

  /** Nothing speaks for or against it. */
  static Ruling assumed(String message) {
    return new Ruling(Health.HEALTHY, "NoSignal", message, false, false, false, null);
  }

  Ruling asFinished() {
    return new Ruling(health, reason, message, true, terminating, assessed, recheckAfter);
  }

  Ruling again(Duration after) {
    return new Ruling(health, reason, message, finished, terminating, assessed, after);
  }
}
