package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.spi.FieldTypeException;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.transform.TransformException;
import io.kcp.upstream.transform.Unplaced;
import io.kcp.upstream.wire.RequestException;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings one object's copy to what it should be: looks at what is, decides, writes at most what
 * differs. One for each generation of a SyncTarget's spec. Safe for any number of threads, as long
 * as no key is worked on twice at once.
 */
public final class Reconciler {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration BLOCKED = Duration.ofSeconds(30);

  private final SyncScope scope;
  private final KeyMap keys;
  private final Passes passes;

  public Reconciler(SyncScope scope) {
    this(scope, new LiveWriter(scope.clusters().workspace()));
    // Another spec may make possible what failed for good under the last one.
    scope.memory().pairs().forgetFailures();
  }

  Reconciler(SyncScope scope, Writer writer) {
    this.scope = scope;
    this.keys = new KeyMap(scope.transformation());
    this.passes = new Passes(scope, writer, keys);
  }

  /**
   * One pass over one key. The outcome is in the ledger when this returns; the caller says to the
   * queue what it asks for.
   */
  public Outcome reconcile(WorkKey key) throws InterruptedException {
    Outcome outcome = attempt(key);
    scope.memory().ledger().record(key, outcome);
    return outcome;
  }

  /**
   * The next pass over this key computes everything anew: its namespace's labels changed, or what
   * is added to it. The caller queues the key.
   */
  public void reconsider(WorkKey key) {
    scope.memory().reconsider(key);
  }

  /** Nothing that was learned of this pair counts any more. The caller queues the key. */
  public void forgetPair(WorkKey key) {
    scope.memory().pairs().forget(key);
    scope.memory().reconsider(key);
  }

  private Outcome attempt(WorkKey key) throws InterruptedException {
    try {
      return pass(key);
    } catch (RequestException e) {
      return Failures.outcome(e, Item.isSensitive(key.resource()));
    } catch (TransformException e) {
      Finding finding = Finding.failed(e.reason(), String.valueOf(e.getMessage()));
      return e.isTransient() ? Outcome.retry(finding) : Outcome.settled(finding);
    } catch (FieldTypeException e) {
      return Outcome.settled(Finding.failed("Malformed", String.valueOf(e.getMessage())));
    }
  }

  private Outcome pass(WorkKey key) throws InterruptedException {
    GroupResource resource = key.resource();
    Optional<SyncedType> type = scope.mirrors().type(resource);
    if (type.isEmpty()) {
      return Outcome.settled(
          Finding.notSelected("ResourceNotSynced", resource + " is not synced now"));
    }
    Optional<ObjectKey> upstream = keys.upstream(key);
    if (upstream.isEmpty()) {
      return unplaced(scope.transformation().whyNot(KeyMap.physical(key)));
    }
    Optional<Mirror> physical = scope.mirrors().physical(resource);
    Optional<Mirror> copies = scope.mirrors().upstream(resource);
    Optional<Outcome> wait = notListed(physical).or(() -> notListed(copies));
    return wait.isPresent()
        ? wait.get()
        : passes.run(
            new Item(
                key, type.get(), upstream.get(), physical.orElseThrow(), copies.orElseThrow()));
  }

  private static Outcome unplaced(Unplaced why) {
    return switch (why.kind()) {
      case UNKNOWN -> Outcome.retryAfter(Finding.pending(why.reason(), why.message()), SOON);
      case NOT_SELECTED -> Outcome.settled(Finding.notSelected(why.reason(), why.message()));
      case SKIPPED -> Outcome.settled(Finding.skipped(why.reason(), why.message()));
    };
  }

  /** What is not in a list that is not there yet may be there all the same. */
  private static Optional<Outcome> notListed(Optional<Mirror> mirror) {
    if (mirror.isEmpty()) {
      return Optional.of(
          Outcome.retryAfter(Finding.pending("NotListed", "no list was begun"), SOON));
    }
    if (mirror.get().hasSynced()) {
      return Optional.empty();
    }
    String where = mirror.get().clusterName();
    return Optional.of(
        switch (mirror.get().state()) {
          case FORBIDDEN, NOT_SERVED ->
              Outcome.retryAfter(
                  Finding.failed(mirror.get().reason(), mirror.get().message()), BLOCKED);
          case STARTING, SYNCED, RETRYING ->
              Outcome.retryAfter(
                  Finding.pending(
                      "NotListed", "the list of the %s is not complete".formatted(where)),
                  SOON);
        });
  }
}
