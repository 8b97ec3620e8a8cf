package io.kcp.upstream.status;

import io.kcp.upstream.spi.Health;
import java.time.Instant;

/**
 * How one object does.
 *
 * @param since when its condition last changed its status
 */
record HealthState(Health health, String reason, String message, Instant since) {
  /** As a condition says it: only what is surely well is True. */
  static String status(Health health) {
    return switch (health) {
      case HEALTHY -> "True";
      case PROGRESSING, DEGRADED, SUSPENDED, MISSING -> "False";
      case UNKNOWN -> "Unknown";
    };
  }

  String status() {
    return status(health);
  }
}
