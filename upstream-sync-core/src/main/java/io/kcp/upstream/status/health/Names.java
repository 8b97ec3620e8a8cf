package io.kcp.upstream.status.health;

import java.util.Locale;

/** Names of rules, made of kinds. */
final class Names {
  private Names() {}

  /** DaemonSet makes daemon-set. */
  static String kebab(String kind) {
    return kind.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
