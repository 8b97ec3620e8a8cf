package io.kcp.upstream;

import io.kcp.upstream.lease.EndpointLock;
import io.kcp.upstream.lease.LeaseHolder;
import io.kcp.upstream.lease.LeaseListener;
import io.kcp.upstream.lease.LeaseTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a syncer: new, standing by for its lease, at work, closed or failed. While it holds
 * the lease an {@link Engine} works. Guarded by itself; nothing that waits is called under the
 * lock.
 */
final class SyncerLife {
  private static final Logger LOG = LoggerFactory.getLogger(SyncerLife.class);

  private enum Stage {
    NEW,
    STARTING,
    STARTED,
    CLOSED
  }

  private final UpstreamSyncer syncer;
  private final Setup setup;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Stage stage = Stage.NEW;
  private Instant since;
  private String standby = "waiting for the lease";
  private volatile boolean leads = true;
  private @Nullable LeaseHolder lease;
  private @Nullable Engine engine;
  private @Nullable SyncException failure;

  SyncerLife(UpstreamSyncer syncer, Setup setup) {
    this.syncer = syncer;
    this.setup = setup;
    this.since = setup.clock().instant();
  }

  void start() {
    enter(Stage.NEW, Stage.STARTING);
    try {
      Opened found = new Opening(setup).open(true);
      setup.runtime().opened(syncer);
      if (setup.lease()) {
        standBy(found);
      } else {
        lead(found);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      SyncException interrupted =
          new SyncException(SyncException.Kind.TRANSIENT, null, "the start was interrupted", e);
      fail(interrupted);
      throw interrupted;
    } catch (RuntimeException e) {
      fail(e instanceof SyncException known ? known : unexpected(e));
      throw e;
    }
  }

  private synchronized void enter(Stage from, Stage to) {
    if (stage != from) {
      throw new IllegalStateException(
          stage == Stage.CLOSED ? "the syncer was closed" : "the syncer was started before");
    }
    stage = to;
  }

  private void standBy(Opened found) {
    String name = "upstream-sync-" + setup.syncTarget();
    LeaseHolder holder =
        new LeaseHolder(
            new EndpointLock(setup.workspaceForLease(), "default", name, setup.identity()),
            LeaseTiming.defaults(),
            new Leading(found),
            setup.runtime().workers(),
            setup.runtime().scheduler());
    synchronized (this) {
      if (stage != Stage.STARTING) {
        throw new IllegalStateException("the syncer was closed");
      }
      lease = holder;
      stage = Stage.STARTED;
      since = setup.clock().instant();
    }
    holder.start();
  }

  private void lead(Opened found) {
    Engine next;
    synchronized (this) {
      if (stage == Stage.CLOSED || engine != null) {
        return;
      }
      stage = Stage.STARTED;
      since = setup.clock().instant();
      next = new Engine(setup, found, this::renewed, this::ended);
      engine = next;
    }
    next.start();
  }

  /** Told by the lease, on a worker. */
  private final class Leading implements LeaseListener {
    private final Opened found;
    private boolean fresh = true; // the lease tells one thing after the other

    Leading(Opened found) {
      this.found = found;
    }

    @Override
    public void acquired() {
      LOG.info("SyncTarget {}: leading", setup.syncTarget());
      leads = true;
      boolean first = fresh;
      fresh = false;
      if (first) {
        setup.runtime().workers().execute(() -> lead(found));
      } else {
        reopen(); // the workspace may be another one by now
      }
    }

    @Override
    public void lost(String why) {
      LOG.warn("SyncTarget {}: no longer leading: {}", setup.syncTarget(), why);
      leads = false;
      setup.runtime().workers().execute(() -> follow(why));
    }

    @Override
    public void waiting(String why) {
      LOG.info("SyncTarget {}: standing by: {}", setup.syncTarget(), why);
      standsBy(why);
    }
  }

  private void follow(String why) {
    Engine last;
    synchronized (this) {
      last = engine;
      engine = null;
      standby = why;
      since = setup.clock().instant();
    }
    if (last != null) {
      last.abandon();
    }
  }

  /** Another workspace is behind the path by now: what is known of the old one is worth nothing. */
  private void renewed() {
    LOG.warn("SyncTarget {}: its workspace was made anew: begins from nothing", setup.syncTarget());
    setup
        .runtime()
        .watchThreads()
        .newThread(
            () -> {
              follow("the workspace was made anew");
              reopen();
            })
        .start();
  }

  /** On a thread of its own, since it may take as long as the workspace is gone. */
  private void reopen() {
    Reopening reopening = new Reopening(setup, stopped);
    setup
        .runtime()
        .watchThreads()
        .newThread(
            () -> {
              try {
                reopening.open(this::isWanted, this::standsBy).ifPresent(this::lead);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })
        .start();
  }

  private synchronized boolean isWanted() {
    return leads && engine == null && stage == Stage.STARTED;
  }

  private synchronized void standsBy(String why) {
    standby = why;
  }

  /** The engine met what no waiting helps against. */
  private void ended(SyncException why) {
    LOG.error("SyncTarget {}: {}", setup.syncTarget(), why.getMessage());
    // Not on the engine's own thread, which the end has to wait for.
    setup.runtime().watchThreads().newThread(() -> fail(why)).start();
  }

  private static SyncException unexpected(RuntimeException e) {
    return new SyncException(SyncException.Kind.TERMINAL, null, "unexpected: " + e, e);
  }

  private void fail(SyncException why) {
    synchronized (this) {
      if (failure == null) {
        failure = why;
      }
    }
    close();
  }

  void close() {
    Engine last;
    LeaseHolder held;
    synchronized (this) {
      if (stage == Stage.CLOSED) {
        last = null;
        held = null;
      } else {
        stage = Stage.CLOSED;
        since = setup.clock().instant();
        last = engine;
        held = lease;
      }
    }
    try {
      if (last != null) {
        last.quiesce();
      }
      if (held != null) {
        held.close();
      }
      if (last != null) {
        last.stopWatches();
      }
      setup.runtime().closed(syncer);
      if (setup.ownsRuntime()) {
        setup.runtime().close();
      }
    } finally {
      stopped.countDown();
    }
  }

  void awaitStopped() throws InterruptedException {
    stopped.await();
    throwFailure();
  }

  private synchronized void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  void awaitInSync(Duration limit) throws InterruptedException, TimeoutException {
    new InSyncWait(this::current, stopped).await(limit);
  }

  /** The engine, or null while standing by; throws when there will be none. */
  private synchronized @Nullable Engine current() {
    throwFailure();
    if (stage != Stage.STARTED) {
      throw new IllegalStateException("the syncer is not running: it is " + stage);
    }
    return engine;
  }

  SyncerState state() {
    Engine now;
    synchronized (this) {
      now = stage == Stage.STARTED ? engine : null;
      if (now == null) {
        return atRest();
      }
    }
    return now.state();
  }

  private SyncerState atRest() {
    SyncerState.Phase phase =
        switch (stage) {
          case NEW, STARTING -> SyncerState.Phase.NEW;
          case STARTED -> SyncerState.Phase.STANDBY;
          case CLOSED -> failure == null ? SyncerState.Phase.STOPPED : SyncerState.Phase.FAILED;
        };
    String reason =
        switch (phase) {
          case STANDBY -> "Standby";
          case FAILED -> "Failed";
          case STOPPED -> "Stopped";
          default -> "NotStarted";
        };
    String message = phase == SyncerState.Phase.STANDBY ? standby : "";
    if (failure != null) {
      message = String.valueOf(failure.getMessage());
    }
    return new SyncerState(phase, reason, message, since, false, null, null, Map.of(), Map.of());
  }

  /** Answers about what the engine at work knows, or one that only looks. */
  Questions questions() {
    return new Questions(setup, this::running, () -> stage() != Stage.NEW);
  }

  private synchronized Stage stage() {
    return stage;
  }

  private synchronized @Nullable Engine running() {
    return engine;
  }
}
