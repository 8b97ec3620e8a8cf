package io.kcp.upstream.sync;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import java.time.Duration;
import java.util.Optional;

/** What there is upstream that is not to be written, or not now. */
final class Restraint {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final SyncScope scope;
  private final Strangers strangers;

  Restraint(SyncScope scope, Writer writer) {
    this.scope = scope;
    this.strangers = new Strangers(scope, writer);
  }

  /** Empty for a copy that may be written. */
  Optional<Outcome> leftAlone(Task task, ObjectTree live) throws InterruptedException {
    Optional<Outcome> foreign = strangers.leftAlone(task, live);
    if (foreign.isPresent()) {
      return foreign;
    }
    if (Mark.isBeingDeleted(live)) {
      return Optional.of(Deletion.beingDeleted(live));
    }
    if (Mark.isFrozen(live)) {
      return Optional.of(Outcome.settled(Deletion.frozen()));
    }
    return isOlder(task, live)
        ? Optional.of(
            Outcome.retryAfter(
                Finding.pending("MirrorBehind", "the copy is of a newer physical version"), SOON))
        : Optional.empty();
  }

  /** Whether the copy was made from a later state than the one at hand. */
  private boolean isOlder(Task task, ObjectTree live) throws InterruptedException {
    Desired desired = task.desired();
    if (!Ages.isOlder(desired, live)) {
      return false;
    }
    // Versions may have gone back in the cluster itself; the mirror then had a person's word.
    Optional<ObjectTree> now =
        Reads.find(
            scope.clusters().physical(),
            task.item().type().physical(),
            task.key().namespace(),
            task.key().name());
    return now.filter(physical -> Mark.version(physical).equals(desired.physicalVersion()))
        .isEmpty();
  }
}
