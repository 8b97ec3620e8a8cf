package io.kcp.upstream;

import io.kcp.upstream.wire.RequestException;

/** What an operator is told when the physical cluster does not say what it serves. */
final class PhysicalRefusal {
  private PhysicalRefusal() {}

  static Trouble of(RequestException e) {
    return new Trouble(reason(e), words(e) + e.getMessage());
  }

  /** CamelCase, as a condition's reason; for refusals of the workspace as well. */
  static String reason(RequestException e) {
    return switch (e.code()) {
      case RequestException.NO_ANSWER -> "Unreachable";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      default -> "DiscoveryFailed";
    };
  }

  private static String words(RequestException e) {
    return switch (e.code()) {
      case RequestException.NO_ANSWER ->
          "the physical cluster does not answer; see that its API server runs and can be"
              + " reached from the syncer: ";
      case 401 -> "the physical cluster refuses the syncer's credentials: ";
      case 403 -> "the physical cluster refuses what the syncer may not read: ";
      default -> "the physical cluster does not say what it serves: ";
    };
  }
}
