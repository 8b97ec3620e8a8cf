package io.kcp.upstream.sync;

import io.kcp.upstream.conflict.Resolution;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.wire.RequestException;
import java.util.Map;
import java.util.Set;

/**
 * What the workspace did not take in one pass.
 *
 * @param held fields that others hold, with their managers
 * @param values fields for which a strategy made a value that is against the rules there
 */
record Refusals(Map<FieldPath, Set<String>> held, FieldSet values) {
  static final Refusals NONE = new Refusals(Map.of(), FieldSet.of());
  private static final int UNPROCESSABLE = 422;

  static Refusals held(Map<FieldPath, Set<String>> fields) {
    return new Refusals(fields, FieldSet.of());
  }

  /** Whether the values that strategies made in this pass may be what a write failed for. */
  static boolean mayBeForValues(RequestException e, Resolution answer) {
    return e.code() == UNPROCESSABLE && !made(answer).equals(FieldSet.of());
  }

  /** The same, and no value of a strategy's own any more. */
  Refusals andValuesOf(Resolution answer) {
    return new Refusals(held, values.union(made(answer)));
  }

  private static FieldSet made(Resolution answer) {
    return FieldSet.of(
        answer.records().stream()
            .filter(record -> record.outcome() == ConflictRecord.Outcome.USED_VALUE)
            .map(ConflictRecord::field)
            .toArray(FieldPath[]::new));
  }
}
