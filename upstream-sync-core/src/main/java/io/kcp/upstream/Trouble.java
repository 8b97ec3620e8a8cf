package io.kcp.upstream;

/**
 * What keeps a syncer from its work, as a condition says it.
 *
 * @param reason CamelCase
 * @param message what is wrong and what would help
 */
record Trouble(String reason, String message) {
  static final Trouble NONE = new Trouble("", "");

  boolean isNone() {
    return reason.isEmpty();
  }
}
