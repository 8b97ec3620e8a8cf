package io.kcp.upstream.spi;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One field in conflict, and what became of it. Kept in memory; what is written to a SyncTarget has
 * no values.
 *
 * @param time when it was decided
 * @param workspace the workspace's path, or its server's address
 * @param syncTarget the SyncTarget's name
 * @param physical the physical object
 * @param upstream its copy
 * @param field the field
 * @param physicalChange what the physical side did since the last apply
 * @param upstreamChange what the workspace's side did since the last apply
 * @param physicalValue the desired value, cut at 1 KiB; null when absent or sensitive
 * @param upstreamValue the value found upstream, cut at 1 KiB; null when absent or sensitive
 * @param otherManagers the field managers that own it upstream, ours not among them
 * @param outcome what was done
 * @param strategy the name of the strategy that was asked
 * @param decidedBy the rule's name, or {@code annotation}, {@code SyncTarget}, {@code fallback},
 *     {@code person}
 * @param reason CamelCase, why; "" where the outcome says it all
 */
public record ConflictRecord(
    Instant time,
    String workspace,
    String syncTarget,
    ObjectKey physical,
    ObjectKey upstream,
    FieldPath field,
    Change physicalChange,
    Change upstreamChange,
    @Nullable Object physicalValue,
    @Nullable Object upstreamValue,
    Set<String> otherManagers,
    Outcome outcome,
    String strategy,
    String decidedBy,
    String reason) {
  /** Copies the managers. */
  public ConflictRecord {
    otherManagers = Set.copyOf(otherManagers);
  }

  /** What was done about a conflict. */
  public enum Outcome {
    /** The physical value was written. */
    TOOK_PHYSICAL,
    /** The field was left to the workspace. */
    KEPT_UPSTREAM,
    /** A value of the strategy's own was written. */
    USED_VALUE,
    /** Nothing was written to the field; a decision is awaited. */
    UNRESOLVED,
    /** The field is fought over: nothing is written to it for a while. */
    HELD
  }

  /** Names the object, the field and the outcome, and no value. */
  @Override
  public String toString() {
    return "%s %s: %s by %s (%s)".formatted(physical, field, outcome, strategy, decidedBy);
  }
}
