package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.RequestException;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes copies away because a person said so on the SyncTarget: it goes, or no longer selects a
 * resource. Under the same budget as every other deletion.
 */
public final class Cleanup {
  private static final Duration LATER = Duration.ofSeconds(5);

  private final SyncScope scope;
  private final Deletion deletion;
  private final Contents contents;
  private final MadeNamespaces madeNamespaces;
  private final Mark mark;
  private final KeyMap keys;

  public Cleanup(SyncScope scope) {
    this.scope = scope;
    Writer writer = new LiveWriter(scope.clusters().workspace());
    this.deletion = new Deletion(scope, writer);
    this.madeNamespaces = new MadeNamespaces(scope, writer);
    this.mark = new Mark(scope.targetKey().label());
    this.contents = new Contents(scope.clusters(), mark);
    this.keys = new KeyMap(scope.transformation());
  }

  /**
   * One pass over one copy; {@link Verdict#NOT_SELECTED} when it is done with.
   *
   * @param copies the mirror of all copies of the resource: all of them are to go
   */
  public Outcome withdraw(Mirror copies, MirrorEntry copy) throws InterruptedException {
    WorkKey key =
        keys.physical(copies.type().resource(), copy.namespace(), copy.name())
            .orElseGet(() -> new WorkKey(copies.type().resource(), copy.namespace(), copy.name()));
    Outcome outcome = attempt(key, copies, copy);
    scope.memory().ledger().record(key, outcome);
    return outcome;
  }

  /**
   * Takes away the namespaces that were made for copies and are empty by now.
   *
   * @return how many are left, filled or being deleted: call it again later
   */
  public int withdrawNamespaces() throws InterruptedException {
    int left = 0;
    for (ObjectTree namespace : madeNamespaces.all()) {
      madeNamespaces.take(namespace);
      left++;
    }
    return left;
  }

  private Outcome attempt(WorkKey key, Mirror copies, MirrorEntry copy)
      throws InterruptedException {
    try {
      Optional<Outcome> wait = deletion.waits(key, copies.size(), copies.size());
      return wait.isPresent() ? wait.get() : taken(key, copies.type(), copy);
    } catch (RequestException e) {
      return Failures.outcome(e, Item.isSensitive(key.resource()));
    }
  }

  private Outcome taken(WorkKey key, ResourceType type, MirrorEntry copy)
      throws InterruptedException {
    Optional<ObjectTree> live =
        Reads.find(scope.clusters().workspace(), type, copy.namespace(), copy.name());
    if (live.isEmpty() || !mark.isOn(live.get())) {
      scope.memory().forget(key);
      return done();
    }
    if (Mark.isBeingDeleted(live.get())) {
      return Deletion.beingDeleted();
    }
    boolean orphan = scope.selection().deletion().orphan();
    Optional<Finding> objection = orphan ? Optional.empty() : contents.objection(type, live.get());
    if (objection.isPresent()) {
      return Outcome.retryAfter(objection.get(), LATER);
    }
    deletion.remove(key, type, live.get(), orphan);
    return done();
  }

  private static Outcome done() {
    return Outcome.settled(Finding.notSelected("Withdrawn", "the SyncTarget no longer pulls it"));
  }
}
