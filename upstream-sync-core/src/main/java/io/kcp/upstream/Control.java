package io.kcp.upstream;

import io.kcp.upstream.discovery.Selection;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.RequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is worked by true to the SyncTarget's spec and to what both sides serve. Refreshes one
 * after the other on a worker; asked for while one runs, one more follows.
 */
final class Control {
  private static final Logger LOG = LoggerFactory.getLogger(Control.class);

  private final Setup setup;
  private final Parts parts;
  private final InTurn refreshes;
  private final Emptied empty = new Emptied();
  private final Situation situation;
  private final LastValidSpec spec;
  private int failures;
  private volatile boolean ended;
  private volatile boolean looksOnly;
  private volatile @Nullable InForce inForce;
  private volatile @Nullable InForce known;
  private @Nullable Future<?> timer;
  private @Nullable Future<?> retry;

  Control(Setup setup, Parts parts, Situation situation) {
    this.setup = setup;
    this.parts = parts;
    this.situation = situation;
    this.spec = new LastValidSpec(setup, situation);
    this.refreshes = new InTurn(setup.runtime().workers(), this::refreshNow);
  }

  /** Null before the first refresh succeeded, and while nothing is to be done. */
  @Nullable InForce inForce() {
    return inForce;
  }

  /** The last that was in force, though nothing may be done by it now; null while at rest. */
  @Nullable InForce known() {
    return known;
  }

  /** Whether a refresh is asked for and not done. */
  boolean isBusy() {
    return refreshes.isBusy();
  }

  void start() {
    long interval = setup.config().reporting().discovery().toMillis();
    timer =
        setup
            .runtime()
            .scheduler()
            .scheduleWithFixedDelay(this::servedAnew, interval, interval, TimeUnit.MILLISECONDS);
    refreshSoon();
  }

  /** Like {@link #start}, and writes nothing: neither finalizer nor clean-up. */
  void startLooking() {
    looksOnly = true;
    start();
  }

  void end() {
    ended = true;
    cancel(timer);
    cancel(retry);
  }

  private static void cancel(@Nullable Future<?> scheduled) {
    if (scheduled != null) {
      scheduled.cancel(false);
    }
  }

  /** From any thread: what both sides serve may be another now. */
  void servedAnew() {
    parts.types().outdated();
    refreshSoon();
  }

  /** From any thread; does not wait. */
  void refreshSoon() {
    if (!ended) {
      refreshes.soon();
    }
  }

  private void refreshNow() {
    boolean done = false;
    try {
      if (!ended) {
        done = refresh();
      }
    } catch (RequestException e) {
      LOG.debug("refresh", e);
      situation.physical(PhysicalRefusal.of(e));
    } catch (TypeFinder.WorkspaceException e) {
      LOG.debug("refresh", e);
      String message = String.valueOf(e.refusal().getMessage());
      situation.workspace(new Trouble("Workspace" + PhysicalRefusal.reason(e.refusal()), message));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (SyncException e) {
      ended = true;
      parts.onEnd().accept(e);
    } catch (RuntimeException e) {
      LOG.error("SyncTarget {}: a refresh failed", setup.syncTarget(), e);
    }
    failures = done ? 0 : failures + 1;
    if (!done && !ended) {
      after(setup.backoff().after(failures));
    }
  }

  private void after(Duration wait) {
    cancel(retry);
    retry =
        setup
            .runtime()
            .scheduler()
            .schedule(this::refreshSoon, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns false when it has to be tried again soon. */
  private boolean refresh() throws InterruptedException {
    WorkspaceLook.Seen workspace = parts.workspace().look();
    situation.workspace(workspace.trouble());
    if (workspace.renewed()) {
      ended = true;
      parts.onRenewed().run();
      return true;
    }
    if (workspace.bars()) {
      inForce = null;
      return false;
    }
    Optional<ObjectTree> current = parts.target().get();
    if (current.isEmpty()) {
      rest(new Trouble("SyncTargetGone", "the SyncTarget does not exist: nothing is written"));
      return true;
    }
    ObjectTree target = current.get();
    Selection wanted = spec.of(target);
    if (Departure.isAskedFor(target)) {
      return depart(target, wanted);
    }
    parts.departure().reset();
    if (!wanted.active()) {
      rest(
          new Trouble(
              "Inactive",
              "the SyncTarget has no spec.upstreamSync: nothing is written or deleted"));
      return true;
    }
    situation.rest(pause(wanted));
    keepFinalizer(target);
    PhysicalIdentity.Seen seen = parts.identity().look(target, wanted, situation.physicalUid());
    if (!seen.trouble().isNone()) {
      situation.foreign(seen.uid(), setup.clock().instant());
      situation.physical(seen.trouble());
      inForce = null;
      return false;
    }
    if (!seen.uid().equals(situation.physicalUid())) {
      parts.mirrors().forgetVersions();
    }
    situation.physicalUid(seen.uid());
    Trouble back = parts.rewinds().look(target, seen.uid());
    if (!back.isNone()) {
      situation.physical(back);
      inForce = null;
      return true;
    }
    refuseOneServer();
    boolean writes = !looksOnly && situation.rest().isNone();
    parts.types().over(over(wanted));
    TypeFinder.Found found = parts.types().find(wanted, target, writes);
    situation.physical(Trouble.NONE);
    adopt(target, wanted, found);
    return parts.types().isComplete(found);
  }

  /**
   * Types that are selected no longer, and have had no copy for long: all was looked at under this
   * spec, so no pass over one of them is under way.
   */
  private Set<GroupResource> over(Selection wanted) {
    Set<GroupResource> gone = empty.of(parts.mirrors().pairs(), setup.clock().instant());
    InForce now = inForce;
    if (now == null || now.selection() != wanted || !parts.survey().isComplete()) {
      return Set.of();
    }
    gone.removeAll(now.found().selected().synced().keySet());
    gone.removeAll(now.found().selected().leftOut().keySet());
    return gone;
  }

  /** Pauses hold here, too: nothing is written. */
  private boolean depart(ObjectTree target, Selection wanted) throws InterruptedException {
    Trouble pause = pause(wanted);
    if (!pause.isNone() || looksOnly) {
      String when = pause.isNone() ? "" : "; its copies stay until then: " + pause.message();
      rest(new Trouble("BeingDeleted", "the SyncTarget is being deleted" + when));
      return true;
    }
    inForce = null;
    parts.mirrors().stop();
    parts.types().forget();
    parts.departure().step(target, wanted, () -> ended).ifPresent(this::after);
    return true;
  }

  /** Before the first write: the copies must not outlive a SyncTarget unseen. */
  private void keepFinalizer(ObjectTree target) throws InterruptedException {
    if (looksOnly) {
      return;
    }
    try {
      parts.finalizer().put(target);
      situation.finalizer(Trouble.NONE);
    } catch (RequestException e) {
      if (e.code() != 403) {
        throw new TypeFinder.WorkspaceException(e);
      }
      situation.finalizer(
          new Trouble(
              "FinalizerForbidden",
              "grant patch on synctargets.workload.kcp.io: without the finalizer the copies stay"
                  + " when the SyncTarget is deleted; "
                  + e.serverMessage()));
    }
  }

  private void refuseOneServer() throws InterruptedException {
    if (inForce == null && OneServer.isOne(setup)) {
      throw OneServer.exception(setup);
    }
  }

  private Trouble pause(Selection wanted) {
    Instant now = setup.clock().instant();
    if (!wanted.paused(now)) {
      return Trouble.NONE;
    }
    wanted.pausedUntil().ifPresent(until -> after(Duration.between(now, until).plusMillis(1)));
    return new Trouble(
        "Paused",
        wanted
            .pausedUntil()
            .map(until -> "nothing is written until " + until)
            .orElse("nothing is written until spec.upstreamSync.paused is false"));
  }

  private void rest(Trouble why) {
    situation.rest(why);
    inForce = null;
    known = null;
    parts.mirrors().stop();
    parts.types().forget();
  }

  private void adopt(ObjectTree target, Selection wanted, TypeFinder.Found found) {
    boolean atRest = !situation.rest().isNone();
    InForce before = inForce;
    boolean sameSpec = before != null && before.selection() == wanted;
    if (!sameSpec) {
      parts.mirrors().renewPhysical(); // what was computed of these objects was by another spec
    }
    boolean moved = parts.mirrors().update(found.mirrored());
    boolean same =
        before != null
            && sameSpec
            && !moved
            && before.found().equals(found)
            && before.atRest() == atRest;
    if (!same) {
      long generation = target.integer("metadata.generation").orElse(0);
      parts.survey().begin();
      try {
        InForce next =
            parts.scopes().make(new Scopes.For(generation, target, wanted, found, atRest));
        known = next;
        inForce = next;
        parts.requeue().run();
      } finally {
        parts.survey().queued();
      }
    }
  }
}
