package io.kcp.upstream.status;

/**
 * One condition of the SyncTarget. All are positive: False is bad.
 *
 * @param status "True", "False" or "Unknown"
 * @param reason CamelCase
 * @param message for people; says what to do where something can be done
 */
public record Condition(String type, String status, String reason, String message) {
  public static Condition isTrue(String type, String reason, String message) {
    return new Condition(type, "True", reason, message);
  }

  public static Condition isFalse(String type, String reason, String message) {
    return new Condition(type, "False", reason, message);
  }

  public static Condition unknown(String type, String reason, String message) {
    return new Condition(type, "Unknown", reason, message);
  }
}
