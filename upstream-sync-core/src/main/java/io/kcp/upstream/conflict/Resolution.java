package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a dispute ends. Where a server's answer names more fields, the dispute is resolved again with
 * them: only the resolution that was carried out counts.
 *
 * @param toApply the desired object less what is left to upstream or undecided, with the values
 *     that strategies made, and with our notes for the next pass in its annotations
 * @param force whether a field that others own was decided for us
 * @param yielded left to upstream, from this pass and from those before
 * @param settled with a value that a strategy made, from this pass and from those before
 * @param unresolved nobody has decided, or held: nothing is written to them
 * @param toRemove decided to go though others own them, and a person's decision that was consumed:
 *     no apply removes those, so a JSON patch must, guarded by the version that was read
 * @param records what was asked and decided in this pass
 * @param lookAgain when a held field is free again, if one is held
 * @param problems what can't be obeyed or was done wrong by a plug-in, in sentences without values
 */
public record Resolution(
    ObjectTree toApply,
    boolean force,
    FieldSet yielded,
    FieldSet settled,
    FieldSet unresolved,
    FieldSet toRemove,
    List<ConflictRecord> records,
    Optional<Instant> lookAgain,
    List<String> problems) {
  public Resolution {
    records = List.copyOf(records);
    problems = List.copyOf(problems);
  }
}
