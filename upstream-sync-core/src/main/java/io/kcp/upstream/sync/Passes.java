package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.NotSelected;
import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.Digest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The road of one key: what needs no request first, and the live look only where it must be. */
final class Passes {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final SyncScope scope;
  private final boolean dry;
  private final Forms forms;
  private final Owners owners;
  private final Copying copying;
  private final Deletion deletion;
  private final Pauses pauses;
  private final BlindPass blind;

  /** Makes the digests that another spec's reconciler left on entries worthless. */
  private final long salt = ThreadLocalRandom.current().nextLong();

  Passes(SyncScope scope, Writer writer, KeyMap keys) {
    this.scope = scope;
    this.dry = writer.isDry();
    this.forms = new Forms(scope.managers());
    this.owners = new Owners(scope.mirrors(), keys, scope.memory().uids());
    this.copying = new Copying(scope, writer);
    this.deletion = new Deletion(scope, writer);
    this.pauses = new Pauses(scope);
    this.blind = new BlindPass(scope, writer);
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
    if (done && !dry) {
      physical.get().release();
      copy.ifPresent(entry -> settled(entry, physical.get()));
    }
    return outcome;
  }

  private static void settled(MirrorEntry copy, MirrorEntry physical) {
    copy.release();
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
      Optional<Outcome> known =
          form(physical).flatMap(digest -> known(item, digest, physical, copy));
      if (known.isPresent()) {
        return known.get();
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
    if (result.live().isPresent() && form(physical).isPresent()) {
      FieldSet watched = scope.memory().pairs().watched(item.key());
      Digest upstream = forms.upstream(result.live().get(), item.schema(), watched);
      scope
          .memory()
          .pairs()
          .learn(
              item.key(),
              new Pairs.Pair(form(physical).get(), upstream, watched, result.outcome().finding()));
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
    Desired desired =
        scope
            .additions()
            .added(
                scope.transformation().desired(item.type(), object, lookup),
                object,
                () -> copy.flatMap(MirrorEntry::content));
    if (lookup.isUnsure()) {
      return Outcome.retryAfter(
          Finding.pending("OwnersNotListed", "it is not known yet which owners are upstream"),
          SOON);
    }
    Digest form = forms.desired(desired);
    if (!dry && Mark.version(object).equals(physical.resourceVersion())) {
      physical.digested(salted(form));
    }
    Optional<Outcome> known = known(item, form, physical, copy);
    return known.isPresent() ? known.get() : write(new Task(item, desired, form), copy);
  }

  private Outcome write(Task task, Optional<MirrorEntry> copy) throws InterruptedException {
    Additions additions = scope.additions();
    Optional<Duration> early =
        !dry && (copy.isEmpty() || isAsLeft(task.item(), copy))
            ? additions.early(task.key(), task.desired(), copy.isPresent())
            : Optional.empty();
    if (early.isPresent()) {
      return Outcome.retryAfter(
          Finding.pending("Coalesced", "what is said on it is written once in a while"),
          early.get());
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

  /** Whether what differs is a change of the physical side, or of what is said of it. */
  private boolean isAsLeft(Item item, Optional<MirrorEntry> copy) {
    Optional<Digest> last = scope.memory().pairs().find(item.key()).map(Pairs.Pair::upstream);
    return last.isPresent()
        && (isBehind(item, copy) || copy.flatMap(entry -> copyForm(item, entry)).equals(last));
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

  /** What is known of the pair without a request; empty when that is not enough. */
  private Optional<Outcome> known(
      Item item, Digest form, MirrorEntry physical, Optional<MirrorEntry> copy) {
    Pairs pairs = scope.memory().pairs();
    Optional<Digest> upstream =
        copy.isEmpty() ? Optional.of(Forms.ABSENT) : copyForm(item, copy.get());
    if (upstream.isEmpty()) {
      return Optional.empty();
    }
    Optional<Pairs.Pair> pair = pairs.find(item.key());
    if (pair.filter(p -> p.desired().equals(form)).isPresent() && isBehind(item, copy)) {
      return Optional.of(Outcome.retryAfter(pair.get().finding(), Written.PATIENCE));
    }
    boolean learned =
        pair.filter(p -> p.desired().equals(form) && p.upstream().equals(upstream.get()))
            .isPresent();
    if (!learned && !form.equals(upstream.get())) {
      return Optional.empty();
    }
    if (!learned) {
      pairs.learn(item.key(), Pairs.equal(form));
    }
    copy.ifPresent(entry -> scope.memory().uids().put(physical.uid(), entry.uid()));
    scope.memory().deletions().kept(item.key());
    return Optional.of(Outcome.settled(learned ? pair.get().finding() : Finding.SYNCED));
  }

  /** Whether the mirror shows less than we wrote: an event that brings the key back is to come. */
  private boolean isBehind(Item item, Optional<MirrorEntry> copy) {
    String entry = copy.map(MirrorEntry::resourceVersion).orElse("0");
    return scope
        .memory()
        .written()
        .isAhead(item.key(), item.copyMirror().lastSyncResourceVersion(), entry);
  }

  private Optional<Digest> copyForm(Item item, MirrorEntry copy) {
    Digest digest = copy.digest();
    if (digest != null) {
      return Optional.of(digest);
    }
    FieldSet watched = scope.memory().pairs().watched(item.key());
    Optional<Digest> computed =
        copy.content().map(live -> forms.upstream(live, item.schema(), watched));
    computed.ifPresent(copy::digested);
    return computed;
  }

  private Optional<Digest> form(MirrorEntry physical) {
    return Optional.ofNullable(physical.digest()).map(this::salted);
  }

  private Digest salted(Digest digest) {
    return new Digest(digest.high() ^ salt, digest.low() ^ salt);
  }
}
