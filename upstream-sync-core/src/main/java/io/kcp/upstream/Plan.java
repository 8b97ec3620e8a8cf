package io.kcp.upstream;

import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a syncer would do now. What is in sync has no step.
 *
 * @param at when the servers were asked
 * @param specGeneration the SyncTarget's generation that it was made for
 */
public record Plan(Instant at, long specGeneration, List<Step> steps) {

  /** What would be done to one object. */
  public enum Action {
    /** It is not upstream. */
    CREATE,
    /** It differs upstream. */
    UPDATE,
    /** It is upstream without our mark, and the SyncTarget lets us take it over. */
    ADOPT,
    /** Its physical object is gone or no longer selected. */
    DELETE,
    /** It would be deleted, but that needs a person's word first. */
    HOLD_DELETE,
    /** Both sides want different values. */
    CONFLICT,
    /** Nothing, for the reason given. */
    SKIP
  }

  /**
   * One object's step.
   *
   * @param upstream null when no copy is meant to be
   * @param fields which would be written, or are in conflict; empty where the whole object is meant
   * @param reason CamelCase, the same word as in {@code explain()} and the SyncTarget
   */
  public record Step(
      Action action,
      ObjectKey physical,
      @Nullable ObjectKey upstream,
      FieldSet fields,
      String reason,
      String message) {}

  public Plan {
    steps = List.copyOf(steps);
  }
}
