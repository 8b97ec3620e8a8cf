package io.kcp.upstream.sync;

import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.transform.Digest;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What the mirrors and what was learned of a pair tell without a request. */
final class KnownPairs {
  private final SyncScope scope;
  private final CopyForms copies;

  /** Makes the digests that another spec's reconciler left on entries worthless. */
  private final long salt = ThreadLocalRandom.current().nextLong();

  KnownPairs(SyncScope scope, CopyForms copies) {
    this.scope = scope;
    this.copies = copies;
  }

  /** What is known of the pair without a request; empty when that is not enough. */
  Optional<Outcome> outcome(
      Item item, Digest form, MirrorEntry physical, Optional<MirrorEntry> copy) {
    Pairs pairs = scope.memory().pairs();
    Optional<Digest> upstream =
        copy.isEmpty() ? Optional.of(Forms.ABSENT) : copies.known(item, copy.get());
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
  boolean isBehind(Item item, Optional<MirrorEntry> copy) {
    String entry = copy.map(MirrorEntry::resourceVersion).orElse("0");
    return scope
        .memory()
        .written()
        .isAhead(item.key(), item.copyMirror().lastSyncResourceVersion(), entry);
  }

  /** The desired form, as far as it was computed by this one. */
  Optional<Digest> form(MirrorEntry physical) {
    return Optional.ofNullable(physical.digest()).map(this::salted);
  }

  Digest salted(Digest digest) {
    return new Digest(digest.high() ^ salt, digest.low() ^ salt);
  }

  /** Whether what differs is a change of the physical side, or of what is said of it. */
  boolean isAsLeft(Item item, Optional<MirrorEntry> copy) {
    Optional<Digest> last = scope.memory().pairs().find(item.key()).map(Pairs.Pair::upstream);
    return last.isPresent()
        && (isBehind(item, copy) || copy.flatMap(entry -> copies.known(item, entry)).equals(last));
  }
}
