package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.NotSelected;
import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.Digest;
import java.time.Duration;
import java.util.Optional;

/** The road of one key: what needs no request first, and the live look only where it must be. */
final class Passes {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final SyncScope scope;
  private final boolean dry;
  private final Forms forms;
  private final CopyForms copies;
  private final Owners owners;
  private final Copying copying;
  private final Deletion deletion;
  private final Pauses pauses;
  private final BlindPass blind;
  private final KnownPairs known;

  Passes(SyncScope scope, Writer writer, KeyMap keys) {
    this.scope = scope;
    this.dry = writer.isDry();
    this.forms = new Forms(scope.managers());
    this.copies = new CopyForms(scope, forms);
    this.owners = new Owners(scope.mirrors(), keys, scope.memory().uids());
    this.copying = new Copying(scope, writer);
    this.deletion = new Deletion(scope, writer);
    this.pauses = new Pauses(scope);
    this.blind = new BlindPass(scope, writer);
    this.known = new KnownPairs(scope, copies);
  }

  Outcome run(Item item) throws InterruptedException {
    Optional<MirrorEntry> physical = item.physicalEntry();
    Optional<MirrorEntry> copy = item.copyEntry();
    if (physical.isEmpty() && copy.isEmpty()) {
      return gone(item);
    }
    Optional<Finding> pause = pauses.of(item);
    if (pause.isPresent()) {
      return paused(item, physical, copy, pause.get());
    }
    if (physical.isEmpty()) {
      return deletion.run(item);
    }
    Outcome outcome = there(item, physical.get(), copy);
    boolean done =
        outcome instanceof Outcome.Settled || outcome.finding().verdict() == Verdict.SYNCED;
    if (done && !dry && !scope.additions().awaits(item.key())) {
      physical.get().release();
      copy.ifPresent(entry -> settled(item, entry, physical.get()));
    }
    return outcome;
  }

  /** The next change begins with what is upstream: what was seen last is at hand for it. */
  private void settled(Item item, MirrorEntry copy, MirrorEntry physical) {
    if (item.isSensitive() || known.isBehind(item, Optional.of(copy))) {
      copy.release();
    } else {
      copy.linger();
    }
    copy.shareName(physical);
  }

  /** Only what would be worked on is paused; what is kept of it is needed when the pause ends. */
  private Outcome paused(
      Item item, Optional<MirrorEntry> physical, Optional<MirrorEntry> copy, Finding pause)
      throws InterruptedException {
    if (copy.isEmpty()) {
      Optional<ObjectTree> object = content(item, physical.orElseThrow());
      Optional<NotSelected> leftOut =
          object.flatMap(
              each ->
                  scope.selection().leftOut(item.key().resource(), each, scope.namespaceLabels()));
      if (leftOut.isPresent() && leftOut.get().isCertain()) {
        return leftOut(item, copy, leftOut.get());
      }
    }
    return Outcome.settled(pause);
  }

  private Optional<ObjectTree> content(Item item, MirrorEntry physical)
      throws InterruptedException {
    Optional<ObjectTree> kept = physical.content();
    return kept.isPresent()
        ? kept
        : Reads.find(
            scope.clusters().physical(),
            item.type().physical(),
            item.key().namespace(),
            item.key().name());
  }

  private Outcome gone(Item item) {
    scope.memory().forget(item.key());
    return Outcome.settled(Finding.NOT_FOUND);
  }

  private Outcome there(Item item, MirrorEntry physical, Optional<MirrorEntry> copy)
      throws InterruptedException {
    boolean reconsidered = scope.memory().takeReconsidered(item.key());
    if (reconsidered && copy.isPresent() && scope.additions().isBlind(item.key())) {
      return blind(item, physical);
    }
    if (!reconsidered) {
      Optional<Outcome> outcome =
          known.form(physical).flatMap(digest -> known.outcome(item, digest, physical, copy));
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    Optional<ObjectTree> object = content(item, physical);
    return object.isEmpty()
        ? Outcome.retryAfter(
            Finding.pending("MirrorBehind", "the physical object is gone by now"), SOON)
        : look(item, physical, copy, object.get());
  }

  /** What the copy then holds belongs to what is known of the physical object, until more is. */
  private Outcome blind(Item item, MirrorEntry physical) throws InterruptedException {
    BlindPass.Result result = blind.run(item);
    if (result.live().isPresent() && known.form(physical).isPresent()) {
      FieldSet watched = scope.memory().pairs().watched(item.key());
      Digest upstream = forms.upstream(result.live().get(), item.schema(), watched).whole();
      scope
          .memory()
          .pairs()
          .learn(
              item.key(),
              new Pairs.Pair(
                  known.form(physical).get(), upstream, watched, result.outcome().finding()));
    }
    return result.outcome();
  }

  private Outcome look(
      Item item, MirrorEntry physical, Optional<MirrorEntry> copy, ObjectTree object)
      throws InterruptedException {
    Optional<NotSelected> leftOut =
        scope.selection().leftOut(item.key().resource(), object, scope.namespaceLabels());
    if (Mark.isFrozen(object) && (leftOut.isEmpty() || copy.isPresent())) {
      return Outcome.settled(Deletion.frozen());
    }
    if (leftOut.isPresent()) {
      return leftOut(item, copy, leftOut.get());
    }
    Owners.Lookup lookup = owners.lookup(item.key());
    Optional<ObjectTree> looked = copies.looked(item, copy);
    Desired desired =
        scope
            .additions()
            .added(
                scope.transformation().desired(item.type(), object, lookup),
                object,
                () -> looked.or(() -> copy.flatMap(MirrorEntry::content)));
    if (lookup.isUnsure()) {
      return Outcome.retryAfter(
          Finding.pending("OwnersNotListed", "it is not known yet which owners are upstream"),
          SOON);
    }
    Forms.Parts parts = forms.desired(desired);
    if (!dry && Mark.version(object).equals(physical.resourceVersion())) {
      physical.digested(known.salted(parts.whole()));
    }
    Optional<Outcome> outcome = known.outcome(item, parts.whole(), physical, copy);
    return outcome.isPresent() ? outcome.get() : write(new Task(item, desired, parts), copy);
  }

  private Outcome write(Task task, Optional<MirrorEntry> copy) throws InterruptedException {
    Additions additions = scope.additions();
    Optional<Duration> early =
        !dry && (copy.isEmpty() || known.isAsLeft(task.item(), copy))
            ? additions.early(task.key(), task.desired(), copy.isPresent())
            : Optional.empty();
    if (early.isPresent()) {
      return Outcome.retryAfter(putOff(task.key()), early.get());
    }
    Outcome outcome = copying.run(task);
    if (!Deletion.isUndecided(outcome.finding())) { // a copy that is to be replaced waits for it
      scope.memory().deletions().kept(task.key());
    }
    if (outcome instanceof Outcome.Settled && !dry) {
      additions.written(task.key(), task.desired());
    }
    return outcome;
  }

  /** Waiting for the next write mends nothing: what is amiss is said until it is known better. */
  private Finding putOff(WorkKey key) {
    return scope
        .memory()
        .ledger()
        .find(key)
        .map(Ledger.Entry::finding)
        .filter(f -> f.verdict() == Verdict.FAILED || f.verdict() == Verdict.CONFLICTING)
        .orElse(Finding.pending("Coalesced", "what is said on it is written once in a while"));
  }

  private Outcome leftOut(Item item, Optional<MirrorEntry> copy, NotSelected why)
      throws InterruptedException {
    if (!why.isCertain()) {
      return Outcome.retryAfter(Finding.pending(why.reason(), why.message()), SOON);
    }
    if (copy.isPresent()) {
      return deletion.run(item);
    }
    scope.memory().forget(item.key());
    return Outcome.settled(Finding.notSelected(why.reason(), why.message()));
  }
}
