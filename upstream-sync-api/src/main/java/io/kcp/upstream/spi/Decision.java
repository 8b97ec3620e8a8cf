package io.kcp.upstream.spi;

/** What becomes of a field in conflict. */
public sealed interface Decision {
  /** The physical value is written over what is upstream. */
  record TakePhysical() implements Decision {}

  /** The field is left to the workspace until either side changes it. */
  record KeepUpstream() implements Decision {}

  /**
   * Another value is written.
   *
   * @param value a JSON value: a string, boolean, Long, Double, list or map
   */
  record UseValue(Object value) implements Decision {
    /** Copies the value deeply; refuses what is no JSON. */
    public UseValue {
      value = JsonValue.freeze(value, FieldPath.of());
    }

    /** Says what kind of decision this is, and not the value: it may be a secret. */
    @Override
    public String toString() {
      return "UseValue";
    }
  }

  /**
   * The strategy can't decide: the SyncTarget's fallback is asked, if it names one.
   *
   * @param reason CamelCase letters and digits, so that it can't carry a value
   */
  record Unresolved(String reason) implements Decision {
    /** Refuses a reason that is not CamelCase. */
    public Unresolved {
      if (!reason.matches("[A-Z][A-Za-z0-9]{0,127}")) {
        throw new IllegalArgumentException(
            "reason: it must be CamelCase letters and digits, such as NotIntegers");
      }
    }
  }

  /**
   * Makes a {@link TakePhysical}.
   *
   * @return the decision
   */
  static Decision takePhysical() {
    return new TakePhysical();
  }

  /**
   * Makes a {@link KeepUpstream}.
   *
   * @return the decision
   */
  static Decision keepUpstream() {
    return new KeepUpstream();
  }

  /**
   * Makes a {@link UseValue}.
   *
   * @param value a JSON value
   * @return the decision
   */
  static Decision use(Object value) {
    return new UseValue(value);
  }

  /**
   * Makes an {@link Unresolved}.
   *
   * @param reason why, in CamelCase
   * @return the decision
   */
  static Decision unresolved(String reason) {
    return new Unresolved(reason);
  }
}
