package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.DeletionPolicy;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Takes a copy away: within the budget, on evidence read in this very pass, and only as it was when
 * it was looked at.
 */
final class Deletion {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(15);
  private static final Duration MUCH_LATER = Duration.ofMinutes(2);

  private static final String GATHERING = "DeletionGathering";
  private static final String HELD = "DeletionHeld";

  private final SyncScope scope;
  private final Writer writer;
  private final Mark mark;
  private final Contents contents;
  private final KeyMap keys;
  private final MadeNamespaces madeNamespaces;

  Deletion(SyncScope scope, Writer writer) {
    this.scope = scope;
    this.writer = writer;
    this.mark = new Mark(scope.targetKey().label());
    this.contents = new Contents(scope.clusters(), mark);
    this.keys = new KeyMap(scope.transformation());
    this.madeNamespaces = new MadeNamespaces(scope, writer);
  }

  /** The physical object seems gone, not selected, or another one. */
  Outcome run(Item item) throws InterruptedException {
    Optional<Outcome> wait = waits(item);
    if (wait.isPresent()) {
      return wait.get();
    }
    Optional<ObjectTree> found = live(item);
    if (found.isEmpty() || !mark.isOn(found.get())) {
      return nothingOfOurs(item);
    }
    ObjectTree copy = found.get();
    if (Mark.isBeingDeleted(copy)) {
      return beingDeleted(copy);
    }
    if (Mark.isFrozen(copy)) {
      return Outcome.settled(frozen());
    }
    return decide(item, copy, Evidence.of(scope, item, copy));
  }

  private Optional<ObjectTree> live(Item item) throws InterruptedException {
    return Reads.find(
        scope.clusters().workspace(),
        item.type().upstream(),
        item.upstream().namespace(),
        item.upstream().name());
  }

  /** Whether it depends on how many more are to be deleted. */
  static boolean isUndecided(Finding finding) {
    return finding.reason().equals(GATHERING) || finding.reason().equals(HELD);
  }

  static Finding frozen() {
    return Finding.paused("SyncDisabled", "an annotation says that the pair stays as it is");
  }

  /** Finalizers are their owners' to take away, whatever becomes of the physical object. */
  static Outcome beingDeleted(ObjectTree copy) {
    List<String> finalizers = Mark.finalizers(copy);
    String waits =
        finalizers.isEmpty()
            ? "the copy is being deleted"
            : "the copy is being deleted and waits for its finalizers "
                + String.join(", ", finalizers);
    return Outcome.retryAfter(Finding.pending("BeingDeleted", waits), LATER);
  }

  /** Whether the budget lets it go on now. */
  private Optional<Outcome> waits(Item item) {
    int known = (int) item.copyMirror().entries().stream().filter(c -> isOrphan(item, c)).count();
    // Asked for before it may begin, too: the first to be granted is not granted alone.
    Optional<Outcome> wait = waits(item.key(), item.copyMirror().size(), known);
    if (wait.isPresent() || scope.deletionsMayBegin().getAsBoolean()) {
      return wait;
    }
    Finding finding = Finding.pending(GATHERING, "deletions begin when every object was looked at");
    return Optional.of(Outcome.retryAfter(finding, SOON));
  }

  Optional<Outcome> waits(WorkKey key, int copies, int known) {
    DeletionPolicy policy = scope.selection().deletion();
    int most = Math.toIntExact(policy.budget(copies));
    DeletionBudget budget = scope.memory().deletions();
    return switch (budget.ask(key, new DeletionBudget.Limit(most, policy.window(), known))) {
      case GRANTED -> Optional.empty();
      case GATHERING ->
          Optional.of(
              Outcome.retryAfter(
                  Finding.pending(GATHERING, "its copy is to be deleted"), budget.quiet()));
      case HELD ->
          Optional.of(
              Outcome.settled(
                  Finding.held(
                      HELD,
                      "more copies would be deleted than the %d that may go without a person's word"
                          .formatted(most))));
    };
  }

  private boolean isOrphan(Item item, MirrorEntry copy) {
    GroupResource resource = item.key().resource();
    Mirror physical = item.physicalMirror();
    return keys.physical(resource, copy.namespace(), copy.name())
        .filter(key -> physical.find(key.namespace(), key.name()).isEmpty())
        .isPresent();
  }

  private Outcome decide(Item item, ObjectTree copy, Evidence evidence)
      throws InterruptedException {
    if (evidence instanceof Evidence.Present) {
      scope.memory().deletions().kept(item.key());
      return Outcome.retryAfter(
          Finding.pending("MirrorBehind", "the physical object is there after all"), SOON);
    }
    if (evidence instanceof Evidence.Unclear unclear) {
      return Outcome.retryAfter(unclear.why(), LATER);
    }
    Optional<Finding> objection = contents.objection(item.type().upstream(), copy);
    return objection.isPresent()
        ? objected(objection.get(), copy, evidence)
        : removed(item, copy, evidence);
  }

  private static Outcome objected(Finding objection, ObjectTree copy, Evidence evidence) {
    boolean needed = evidence instanceof Evidence.Withdrawn && Mark.physicalUid(copy).isEmpty();
    return needed // a namespace that is not selected, made for copies that are
        ? Outcome.retryAfter(((Evidence.Withdrawn) evidence).finding(), MUCH_LATER)
        : Outcome.retryAfter(objection, LATER);
  }

  private Outcome removed(Item item, ObjectTree copy, Evidence evidence)
      throws InterruptedException {
    boolean replaced = evidence instanceof Evidence.Replaced;
    boolean orphan = !replaced && scope.selection().deletion().orphan();
    remove(item.key(), item.type().upstream(), copy, orphan);
    if (evidence instanceof Evidence.Gone && !orphan) {
      madeNamespaces.left(item);
    }
    return after(evidence);
  }

  /** Orphans or deletes, and keeps the account. */
  void remove(WorkKey key, ResourceType type, ObjectTree copy, boolean orphan)
      throws InterruptedException {
    if (orphan) {
      writer.patch(type, copy, Orphaning.of(copy, mark, scope.managers()), scope.managers().main());
    } else {
      writer.delete(type, copy);
    }
    scope.memory().deletions().deleted(key);
    scope.memory().pairs().forget(key);
    scope.memory().uids().remove(Mark.physicalUid(copy));
  }

  private static Outcome after(Evidence evidence) {
    if (evidence instanceof Evidence.Withdrawn withdrawn) {
      return Outcome.settled(withdrawn.finding());
    }
    return evidence instanceof Evidence.Replaced
        ? Outcome.retryAfter(
            Finding.pending("Replaced", "the old copy goes before the new one is made"), SOON)
        : Outcome.settled(Finding.NOT_FOUND);
  }

  /** The copy is gone, or belongs to somebody else by now. */
  private Outcome nothingOfOurs(Item item) {
    scope.memory().forget(item.key());
    return Outcome.settled(Finding.NOT_FOUND);
  }
}
