package io.kcp.upstream;

import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.Side;
import io.kcp.upstream.sync.KeyQueue;
import io.kcp.upstream.sync.Outcome;
import io.kcp.upstream.sync.SyncMemory;
import io.kcp.upstream.sync.WorkKey;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One pass for each key that the queue gives out, and what its outcome means for the queue.
 * Thread-safe.
 */
final class KeyWork {
  private final Setup setup;
  private final KeyQueue queue;
  private final SyncMemory memory;
  private final Metering metering;
  private final Supplier<@Nullable InForce> inForce;

  /**
   * @param inForce gives null while nothing may be done
   */
  KeyWork(
      Setup setup,
      KeyQueue queue,
      SyncMemory memory,
      Metering metering,
      Supplier<@Nullable InForce> inForce) {
    this.setup = setup;
    this.queue = queue;
    this.memory = memory;
    this.metering = metering;
    this.inForce = inForce;
  }

  void pass(WorkKey key) throws InterruptedException {
    InForce now = inForce.get();
    if (now == null) {
      return;
    }
    metering.begin();
    Outcome outcome = now.reconciler().reconcile(key);
    metering.outcome(key, outcome);
    if (outcome instanceof Outcome.Retry) {
      memory.ledger().nextAttempt(key, setup.clock().instant().plus(queue.retry(key)));
      return;
    }
    queue.forget(key);
    if (outcome instanceof Outcome.RetryAfter later) {
      queue.addAfter(key, later.delay());
    }
  }

  /** Both sides' keys: what is only upstream has to be looked at as well. */
  void requeue(TypeMirrors.Pair pair) {
    GroupResource resource = pair.type().resource();
    for (MirrorEntry entry : pair.physical().entries()) {
      queue.addBacklog(new WorkKey(resource, entry.namespace(), entry.name()));
    }
    for (MirrorEntry entry : pair.upstream().entries()) {
      toPhysical(new ObjectKey(Side.UPSTREAM, resource, entry.namespace(), entry.name()))
          .ifPresent(
              key -> queue.addBacklog(new WorkKey(key.resource(), key.namespace(), key.name())));
    }
  }

  Optional<ObjectKey> toPhysical(ObjectKey upstream) {
    InForce now = inForce.get();
    // Before anything is in force nothing is worked on; all keys are queued when it comes to be.
    return now == null ? Optional.empty() : now.transformation().physical(upstream);
  }
}
