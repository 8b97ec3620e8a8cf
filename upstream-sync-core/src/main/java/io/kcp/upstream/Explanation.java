package io.kcp.upstream;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided on one object, and why.
 *
 * @param otherSide its counterpart; null where there is none
 * @param reason CamelCase, the same word as in {@code plan()} and the SyncTarget
 * @param since when the verdict came to be, as far as this process knows
 * @param attempts so many in a row failed
 * @param nextAttempt when it is tried again without a change; null when only a change brings it
 *     back
 * @param transformers those that act on it, in order
 * @param leftToUpstream fields that a strategy left to the workspace
 * @param conflicts what is remembered of it, newest first
 */
public record Explanation(
    ObjectKey asked,
    @Nullable ObjectKey otherSide,
    Verdict verdict,
    String reason,
    String message,
    @Nullable Instant since,
    int attempts,
    @Nullable Instant nextAttempt,
    List<String> transformers,
    FieldSet leftToUpstream,
    List<ConflictRecord> conflicts) {

  /** How one object stands. Each selected object has exactly one. */
  public enum Verdict {
    /** The copy is what it should be. */
    SYNCED,
    /** Work on it is under way or waits. */
    PENDING,
    /** Refused or not reached; the reason says by whom. */
    FAILED,
    /** Some field waits for a decision; the other fields are synced. */
    CONFLICTING,
    /** Left alone for the reason given. */
    SKIPPED,
    /** A person has to say the word first. */
    HELD,
    /** The SyncTarget, or a mark on the object, says so. */
    PAUSED,
    /** Not among what the SyncTarget selects. */
    NOT_SELECTED,
    /** On neither side. */
    NOT_FOUND
  }

  public Explanation {
    transformers = List.copyOf(transformers);
    conflicts = List.copyOf(conflicts);
  }
}
