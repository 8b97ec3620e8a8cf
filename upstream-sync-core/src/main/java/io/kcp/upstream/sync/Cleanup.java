package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.Side;
import io.kcp.upstream.wire.RequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Takes every copy away because a person deleted the SyncTarget: deletes them under the same budget
 * as every other deletion, or lets go of them. Asks the workspace alone: the physical cluster may
 * be gone for good. Used by one thread at a time.
 */
public final class Cleanup {
  private static final Duration LATER = Duration.ofSeconds(5);
  private static final int EXAMPLES = 5;

  private final SyncScope scope;
  private final Set<GroupResource> known;
  private final Deletion deletion;
  private final Contents contents;
  private final MarkedCopies copies;
  private final Pauses pauses;
  private final Mark mark;
  private final KeyMap keys;
  private final Set<ResourceType> unfinished = new LinkedHashSet<>();
  private final Set<WorkKey> waiting = new HashSet<>();

  /**
   * A clean-up that has not begun.
   *
   * @param known resources that had copies: one of them that can't be listed is waited for
   */
  public Cleanup(SyncScope scope, Set<GroupResource> known) {
    this.scope = scope;
    this.known = Set.copyOf(known);
    Writer writer = new LiveWriter(scope.clusters().workspace());
    this.deletion = new Deletion(scope, writer);
    this.mark = new Mark(scope.targetKey().label());
    this.contents = new Contents(scope.clusters(), mark);
    this.copies = new MarkedCopies(scope.clusters(), mark);
    this.pauses = new Pauses(scope);
    this.keys = new KeyMap(scope.transformation());
  }

  /**
   * What one round left.
   *
   * @param left so many copies are still there
   * @param examples what some of them wait for
   * @param soon whether the next round need not wait long
   */
  public record Round(int left, List<String> examples, boolean soon) {
    public Round {
      examples = List.copyOf(examples);
    }
  }

  /** The account of the round under way. */
  private static final class Tally {
    private final Set<WorkKey> left = new HashSet<>();
    private final List<String> examples = new ArrayList<>();
    private int unknown;
    private boolean soon;

    void left(WorkKey key, Outcome outcome) {
      left.add(key);
      soon |= outcome.finding().verdict() == Verdict.PENDING;
      example(key + ": " + outcome.finding().message());
    }

    void unknown(String what) {
      unknown++;
      example(what);
    }

    private void example(String text) {
      if (examples.size() < EXAMPLES) {
        examples.add(text);
      }
    }
  }

  /**
   * Looks at every copy once. The first round asks for every resource there is, those after it for
   * what was left: nothing new comes. Throws {@link RequestException} when the workspace does not
   * say what there is.
   *
   * @param stopped asked between two copies; then the round says that something is left
   */
  public Round round(BooleanSupplier stopped) throws InterruptedException {
    Tally tally = new Tally();
    if (unfinished.isEmpty()) {
      MarkedCopies.Types types = copies.types();
      if (!types.whole()) {
        tally.unknown("the workspace does not say now all that it serves");
      }
      unfinished.addAll(types.types());
    }
    for (ResourceType type : List.copyOf(unfinished)) {
      if (stopped.getAsBoolean()) {
        return new Round(1, List.of(), true);
      }
      if (withdrawn(type, tally, stopped)) {
        unfinished.remove(type);
      }
    }
    forgetDone(tally);
    return new Round(tally.left.size() + tally.unknown, tally.examples, tally.soon);
  }

  /** Returns whether no copy of the resource is left. */
  private boolean withdrawn(ResourceType type, Tally tally, BooleanSupplier stopped)
      throws InterruptedException {
    Optional<List<MarkedCopies.Copy>> found = copies.of(type);
    if (found.isEmpty()) {
      boolean needed = known.contains(type.resource());
      if (needed) {
        tally.unknown("copies of %s may not be listed".formatted(type.resource()));
      }
      return !needed;
    }
    boolean done = true;
    for (MarkedCopies.Copy copy : found.get()) {
      if (stopped.getAsBoolean()) {
        return false;
      }
      done &= withdrawn(type, copy, found.get().size(), tally);
    }
    return done;
  }

  /** What was left by the round before and not by this one went by itself. */
  private void forgetDone(Tally tally) {
    waiting.removeAll(tally.left);
    waiting.forEach(key -> scope.memory().ledger().record(key, done()));
    waiting.clear();
    waiting.addAll(tally.left);
  }

  private boolean withdrawn(ResourceType type, MarkedCopies.Copy copy, int all, Tally tally)
      throws InterruptedException {
    WorkKey key = key(type.resource(), copy);
    Outcome outcome = attempt(key, type, copy, all);
    scope.memory().ledger().record(key, outcome);
    boolean done = outcome.finding().verdict() == Verdict.NOT_SELECTED;
    if (!done) {
      tally.left(key, outcome);
    }
    return done;
  }

  /** What is nowhere in the physical cluster, as far as the mapping tells, keeps its own key. */
  private WorkKey key(GroupResource resource, MarkedCopies.Copy copy) {
    return keys.physical(resource, copy.namespace(), copy.name())
        .orElseGet(() -> new WorkKey(resource, copy.namespace(), copy.name()));
  }

  private Outcome attempt(WorkKey key, ResourceType type, MarkedCopies.Copy copy, int all)
      throws InterruptedException {
    try {
      Optional<Finding> pause = pauses.of(key).or(() -> pauses.in(Side.UPSTREAM, copy.namespace()));
      if (pause.isPresent()) {
        return Outcome.settled(pause.get());
      }
      Optional<ObjectTree> live =
          Reads.find(scope.clusters().workspace(), type, copy.namespace(), copy.name());
      if (live.isEmpty() || !mark.isOn(live.get())) {
        scope.memory().forget(key);
        return done();
      }
      return taken(key, type, live.get(), all);
    } catch (RequestException e) {
      return e.code() == 409
          ? Outcome.retry(Finding.pending("ChangedMeanwhile", "the copy changed meanwhile"))
          : Failures.outcome(e, Item.isSensitive(key.resource()));
    }
  }

  private Outcome taken(WorkKey key, ResourceType type, ObjectTree copy, int all)
      throws InterruptedException {
    if (Mark.isBeingDeleted(copy)) {
      return going(copy);
    }
    if (Mark.isFrozen(copy)) {
      return Outcome.settled(Deletion.frozen());
    }
    if (scope.selection().deletion().orphan()) {
      deletion.remove(key, type, copy, true);
      return done();
    }
    Optional<Finding> objection = contents.objection(type, copy);
    if (objection.isPresent() && !Contents.isForeign(objection.get())) {
      return Outcome.retryAfter(objection.get(), LATER);
    }
    Optional<Outcome> wait =
        MadeNamespaces.isMade(type, copy) ? Optional.empty() : deletion.waits(key, all, all);
    if (wait.isPresent()) {
      return wait.get();
    }
    // What others put into a namespace of ours, or made of a CRD of ours, keeps it: it is theirs.
    boolean theirs = objection.isPresent();
    deletion.remove(key, type, copy, theirs);
    return theirs ? done() : going(copy);
  }

  /** Without a finalizer there is nothing to wait for: the server takes it in its own time. */
  private static Outcome going(ObjectTree copy) {
    return Mark.finalizers(copy).isEmpty() ? done() : Deletion.beingDeleted(copy);
  }

  private static Outcome done() {
    return Outcome.settled(Finding.notSelected("Withdrawn", "the SyncTarget no longer pulls it"));
  }
}
