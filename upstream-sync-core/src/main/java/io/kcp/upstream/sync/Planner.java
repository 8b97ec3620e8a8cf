package io.kcp.upstream.sync;

import io.kcp.upstream.conflict.ConflictHistory;
import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a reconciler would do, by letting one do it with nothing but dry runs. Mirrors and
 * memory of a syncer at work stay as they are.
 */
public final class Planner {
  private static final int MOST_CONFLICTS = 1_000;

  private final SyncScope scope;
  private final ConflictHistory history;
  private final KeyMap keys;
  private final DryWriter writer;
  private final Reconciler reconciler;

  /** {@code scope}'s mirrors have their lists. */
  public Planner(SyncScope scope) {
    this.history = new ConflictHistory(MOST_CONFLICTS, List.of());
    history.restore(scope.history().newestFirst());
    this.scope = scope.with(new SyncMemory(scope.clock(), key -> {}), history);
    this.keys = new KeyMap(scope.transformation());
    this.writer = new DryWriter(new LiveWriter(scope.clusters().workspace()));
    this.reconciler = new Reconciler(this.scope, writer);
  }

  /** One step for each object to which anything would be done, or that is left alone. */
  public List<PlannedStep> plan() throws InterruptedException {
    List<PlannedStep> steps = new ArrayList<>();
    Set<WorkKey> deletions = new LinkedHashSet<>();
    for (WorkKey key : keys()) {
      Finding finding = pass(key);
      if (Deletion.isUndecided(finding)) {
        deletions.add(key);
      } else {
        step(key, finding).ifPresent(steps::add);
      }
    }
    scope.memory().deletions().allGathered();
    for (WorkKey key : deletions) {
      step(key, pass(key)).ifPresent(steps::add);
    }
    return steps;
  }

  /**
   * The fields on which nobody has decided, as far as there are not too many, with what is known of
   * those that a syncer at work holds. Newest first.
   */
  public List<ConflictRecord> openConflicts() throws InterruptedException {
    Set<WorkKey> conflicting = new LinkedHashSet<>();
    for (PlannedStep step : plan()) {
      if (step.action() == PlannedStep.Action.CONFLICT) {
        conflicting.add(step.physical());
      }
    }
    Set<String> seen = new HashSet<>();
    return history.newestFirst().stream()
        .filter(record -> seen.add(record.physical() + " " + record.field()))
        .filter(record -> isOpen(record, conflicting))
        .toList();
  }

  /** What is held is known to the syncer at work alone, which has said so. */
  private static boolean isOpen(ConflictRecord record, Set<WorkKey> conflicting) {
    ObjectKey key = record.physical();
    return record.outcome() == ConflictRecord.Outcome.HELD
        || (record.outcome() == ConflictRecord.Outcome.UNRESOLVED
            && conflicting.contains(new WorkKey(key.resource(), key.namespace(), key.name())));
  }

  private Finding pass(WorkKey key) throws InterruptedException {
    writer.begin();
    return reconciler.reconcile(key).finding();
  }

  /** Each key of either side once, by resource. */
  private Set<WorkKey> keys() {
    Set<WorkKey> all = new LinkedHashSet<>();
    List<GroupResource> resources = new ArrayList<>(scope.mirrors().resources());
    resources.sort(Comparator.comparing(GroupResource::toString));
    for (GroupResource resource : resources) {
      scope
          .mirrors()
          .physical(resource)
          .ifPresent(mirror -> mirror.entries().forEach(entry -> all.add(key(resource, entry))));
      scope
          .mirrors()
          .upstream(resource)
          .ifPresent(
              mirror ->
                  mirror.entries().forEach(copy -> physical(resource, copy).ifPresent(all::add)));
    }
    return all;
  }

  private static WorkKey key(GroupResource resource, MirrorEntry entry) {
    return new WorkKey(resource, entry.namespace(), entry.name());
  }

  private Optional<WorkKey> physical(GroupResource resource, MirrorEntry copy) {
    return keys.physical(resource, copy.namespace(), copy.name());
  }

  private Optional<PlannedStep> step(WorkKey key, Finding finding) {
    Optional<PlannedStep.Action> left =
        switch (finding.verdict()) {
          case SYNCED, NOT_SELECTED, NOT_FOUND -> Optional.empty();
          case CONFLICTING -> Optional.of(PlannedStep.Action.CONFLICT);
          case HELD -> Optional.of(PlannedStep.Action.HOLD_DELETE);
          case FAILED, SKIPPED, PAUSED, PENDING -> Optional.of(PlannedStep.Action.SKIP);
        };
    boolean undecided = finding.verdict() == Verdict.CONFLICTING;
    Optional<PlannedStep.Action> action = undecided ? left : writer.action().or(() -> left);
    FieldSet fields = undecided ? scope.memory().pairs().watched(key) : writer.fields();
    ObjectKey upstream = keys.upstream(key).orElse(null);
    return action.map(
        what -> new PlannedStep(what, key, upstream, fields, finding.reason(), finding.message()));
  }
}
