package io.kcp.upstream.sync;

import io.kcp.upstream.spi.FieldSet;

/**
 * What a pass over one object found.
 *
 * @param reason CamelCase, the same word wherever it is shown
 * @param message for people; never holds a value of the object
 */
public record Finding(Verdict verdict, String reason, String message) {
  /** The copy is what it should be, and nothing more is to be said. */
  public static final Finding SYNCED =
      new Finding(Verdict.SYNCED, "Synced", "the copy is what it should be");

  static final Finding RESTORED =
      new Finding(
          Verdict.SYNCED, "Restored", "somebody deleted the copy upstream: it was made again");

  public static final Finding NOT_FOUND =
      new Finding(Verdict.NOT_FOUND, "NotFound", "it is on neither side");

  static Finding failed(String reason, String message) {
    return new Finding(Verdict.FAILED, reason, message);
  }

  static Finding pending(String reason, String message) {
    return new Finding(Verdict.PENDING, reason, message);
  }

  static Finding skipped(String reason, String message) {
    return new Finding(Verdict.SKIPPED, reason, message);
  }

  static Finding paused(String reason, String message) {
    return new Finding(Verdict.PAUSED, reason, message);
  }

  static Finding held(String reason, String message) {
    return new Finding(Verdict.HELD, reason, message);
  }

  static Finding notSelected(String reason, String message) {
    return new Finding(Verdict.NOT_SELECTED, reason, message);
  }

  static Finding statusKept(FieldSet fields) {
    return new Finding(
        Verdict.CONFLICTING, "StatusFieldsKept", "others own of the copy's status " + fields);
  }
}
