package io.kcp.upstream.sync;

import io.kcp.upstream.conflict.Candidates;
import io.kcp.upstream.conflict.Dispute;
import io.kcp.upstream.conflict.Resolution;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.Owned;
import io.kcp.upstream.transform.OwnedFields;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts the questions to the conflict room, and says what its answers mean for a key. */
final class Decisions {
  private final SyncScope scope;
  private final boolean dry;

  Decisions(SyncScope scope, Writer writer) {
    this.scope = scope;
    this.dry = writer.isDry();
  }

  /**
   * @param untouched whether it is known that nobody touched our fields since our last apply
   * @param refusals what the server would not take in this pass
   */
  Resolution resolve(Desired desired, ObjectTree live, boolean untouched, Refusals refusals) {
    String manager = scope.managers().main();
    Optional<Owned> ours = OwnedFields.of(live, manager, desired.type().schema());
    Map<FieldPath, Set<String>> candidates = new TreeMap<>();
    ours.ifPresent(own -> candidates.putAll(Candidates.of(desired, live, own, manager)));
    refusals
        .held()
        .forEach(
            (field, managers) ->
                candidates.computeIfAbsent(field, f -> new TreeSet<>()).addAll(managers));
    return scope
        .conflicts()
        .resolve(new Dispute(desired, live, ours, untouched, candidates, refusals.values()));
  }

  /** Fields that are not ours and matter nevertheless. */
  static FieldSet watched(Resolution resolution) {
    return resolution.yielded().union(resolution.unresolved());
  }

  /** Remembers what was asked and decided; the same decision again is one. */
  void decided(WorkKey key, Resolution resolution) {
    scope.history().add(scope.memory().lostAnswers().written(key, resolution.records()));
    scope.history().add(resolution.records());
    scope.memory().open().put(key, resolution);
  }

  /** The copy had changed: by somebody, or by this very write, whose answer was lost. */
  void refused(WorkKey key, Resolution resolution) {
    LostAnswers lost = scope.memory().lostAnswers();
    scope.history().add(lost.written(key, resolution.records()));
    lost.refused(key, resolution.records());
  }

  /** What was decided is upstream now. */
  void carriedOut(Resolution resolution) {
    if (!dry) {
      scope.conflicts().carriedOut(resolution);
    }
  }

  static Finding finding(Resolution resolution) {
    String problems = String.join("; ", resolution.problems());
    if (resolution.unresolved().isEmpty()) {
      return problems.isEmpty()
          ? Finding.SYNCED
          : new Finding(Verdict.SYNCED, "SyncedWithProblems", problems);
    }
    String message = "waiting for a decision: " + resolution.unresolved();
    return new Finding(
        Verdict.CONFLICTING,
        resolution.lookAgain().isPresent() ? "FightHeld" : "ConflictsUnresolved",
        problems.isEmpty() ? message : message + "; " + problems);
  }
}
