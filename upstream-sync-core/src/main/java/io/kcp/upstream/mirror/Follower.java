package io.kcp.upstream.mirror;

import io.kcp.upstream.mirror.Mirror.State;
import io.kcp.upstream.wire.Backoff;
import io.kcp.upstream.wire.RequestException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists, watches, and after each failure waits and does so again. For the mirror's thread. */
final class Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
  private static final int SLOWER = 25;
  private static final int HOPELESS = 4;
  private static final Duration BRIEF = Duration.ofSeconds(2);
  private static final Duration PROVEN = Duration.ofSeconds(10);

  /** What a follower works on. */
  record Mirrored(MirrorRequests requests, MirrorStore store, Position position, Health health) {}

  /** Who is told. */
  interface Audience {
    void changed(String namespace, String name);

    void stateChanged();
  }

  private final Semaphore wake = new Semaphore(0);
  private final Mirrored mirrored;
  private final Lister lister;
  private final MirrorSettings settings;
  private final Backoff slow;
  private final Audience audience;
  private volatile boolean synced;
  private int failures;
  private boolean open; // whether the turn under way got as far as an open watch
  private long opened;

  Follower(Mirrored mirrored, Lister lister, MirrorSettings settings, Audience audience) {
    this.mirrored = mirrored;
    this.lister = lister;
    this.settings = settings;
    this.slow = settings.backoff().slower(SLOWER);
    this.audience = audience;
  }

  boolean hasSynced() {
    return synced;
  }

  /** Any thread: ends the wait that is under way, else skips the next one. */
  void wake() {
    wake.release();
  }

  /** Returns only by an exception: the mirror was stopped. */
  void follow() throws InterruptedException {
    while (true) {
      Duration wait = turn();
      mirrored.requests().checkStopped();
      wake.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
      wake.drainPermits();
    }
  }

  /** One list and one watch, as far as they get; returns how long to wait then. */
  private Duration turn() throws InterruptedException {
    open = false;
    try {
      catchUp();
      watch();
      return ended();
    } catch (RequestException e) {
      return failed(Trouble.of(e));
    } catch (RewoundException e) {
      return failed(Trouble.of(e));
    } catch (OtherClusterException e) {
      return failed(Trouble.of(e));
    } catch (IOException e) {
      mirrored.requests().checkStopped();
      return failed(Trouble.of(e));
    } catch (RuntimeException e) {
      LOG.error("{}: begins anew after a failure of its own", mirrored.requests(), e);
      return failed(Trouble.of(e));
    }
  }

  private void catchUp()
      throws IOException, InterruptedException, RewoundException, OtherClusterException {
    lister.guard(synced);
    if (mirrored.position().known()) {
      lister.checkVersion();
    } else {
      lister.list();
      synced = true;
    }
    mirrored.health().heard();
  }

  private void watch() throws IOException, InterruptedException, OtherClusterException {
    long least = Math.max(1, settings.watch().toSeconds());
    Duration timeout =
        Duration.ofSeconds(ThreadLocalRandom.current().nextLong(least, 2 * least + 1));
    String from = mirrored.position().version();
    try (WatchStream stream =
        mirrored.requests().watch(from, timeout, timeout.plus(settings.grace()))) {
      lister.checkGuard();
      open = true;
      opened = System.nanoTime();
      mirrored.health().heard();
      turn(new Health.Condition(State.SYNCED, "", mirrored.store().size() + " objects"));
      WatchStream.Event event = stream.next();
      while (event != null) {
        mirrored.health().heard();
        take(event);
        event = stream.next();
      }
    }
  }

  private void take(WatchStream.Event event) throws IOException {
    RawObject object = event.object();
    switch (event.type()) {
      case "ADDED", "MODIFIED" -> tell(object, mirrored.store().put(object, false));
      case "DELETED" -> tell(object, mirrored.store().remove(object));
      case "BOOKMARK" -> {}
      case "ERROR" -> throw Trouble.refusal(object, "watch");
      default -> LOG.warn("{}: an event of unknown type was skipped", mirrored.requests());
    }
    failures = 0;
    mirrored.position().reached(object.resourceVersion());
  }

  private void tell(RawObject object, boolean changed) {
    if (changed) {
      audience.changed(object.namespace(), object.name());
    }
  }

  private Duration ended() {
    mirrored.position().watchEnded();
    countFailure();
    if (failures > 1) {
      turn(
          new Health.Condition(
              State.RETRYING, "WatchEnded", "the cluster ends each watch at once"));
    }
    return settings.backoff().after(failures);
  }

  private Duration failed(Trouble trouble) {
    mirrored.position().watchEnded();
    countFailure();
    if (trouble.relist() || failures >= HOPELESS) {
      mirrored.position().lost();
    }
    // Connections end now and then, and a new type's storage takes a second: no news if the next
    // turn goes well.
    boolean brief = !trouble.atLeast().isZero() && trouble.atLeast().compareTo(BRIEF) <= 0;
    if (failures == 1 && (open || brief)) {
      LOG.debug("{}: {}", mirrored.requests(), trouble.message());
    } else {
      turn(trouble.condition());
    }
    Duration wait = (trouble.slow() ? slow : settings.backoff()).after(failures);
    return wait.compareTo(trouble.atLeast()) > 0 ? wait : trouble.atLeast();
  }

  /** A watch that held for a while shows that what failed before it is over. */
  private void countFailure() {
    if (open && System.nanoTime() - opened >= PROVEN.toNanos()) {
      failures = 0;
    }
    failures = Math.min(failures + 1, Integer.MAX_VALUE - 1);
  }

  private void turn(Health.Condition condition) {
    if (mirrored.health().turn(condition)) {
      audience.stateChanged();
    }
  }
}
