package io.kcp.upstream.status;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Ledger;
import io.kcp.upstream.sync.WorkKey;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells by Events what is skipped, failed, conflicting, held or restored: about the copy, or about
 * the SyncTarget where there is none. One object and reason is one Event, whose count grows, and
 * which is written at most once in {@link EventSettings.Pace#quiet}. Says no value of an object.
 *
 * <p>Being told is safe for any thread and does not wait. To be asked often to write: {@link
 * #writeDue} does nothing when nothing is due; one thread at a time. Without an Event nothing is
 * lost but the Event: one that can't be written is dropped, and counted.
 */
public final class EventWriter implements Ledger.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
  private static final Duration PAUSE = Duration.ofSeconds(15);

  /** So many writes in a row: others wait for the same workers. */
  private static final int AT_ONCE = 5;

  private final EventSettings settings;
  private final Subjects subjects;
  private final Clock clock;
  private final EventQueue queue;
  private final EventStore store;
  private final Bucket rate;
  private Instant pausedUntil = Instant.MIN;
  private boolean failing;
  private final AtomicLong written = new AtomicLong();
  private volatile boolean stopped;

  /** Writes nothing before it is asked to. */
  public EventWriter(
      ClusterEndpoint workspace, EventSettings settings, Subjects subjects, Clock clock) {
    this.settings = settings;
    this.subjects = subjects;
    this.clock = clock;
    EventSettings.Pace pace = settings.pace();
    this.queue = new EventQueue(pace, clock);
    this.store = new EventStore(workspace, pace.quiet());
    this.rate =
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(pace.burst())
                        .refillGreedy(pace.perSecond(), Duration.ofSeconds(1)))
            .withCustomTimePrecision(new ClockMeter(clock))
            .build();
  }

  private record ClockMeter(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return clock.millis() * 1_000_000;
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }

  @Override
  public void changed(WorkKey key, @Nullable Finding before, Finding now) {
    if (!stopped) {
      queue.changed(key, before, now);
    }
  }

  /** Writes what is due, a few at a time. */
  public void writeDue() throws InterruptedException {
    write(Duration.ZERO, AT_ONCE);
  }

  /** Writes what waits only for more of the same, as far as the rate allows; failures are young. */
  public void writeLast() throws InterruptedException {
    write(settings.pace().settle(), settings.pace().burst());
  }

  private void write(Duration early, int most) throws InterruptedException {
    for (int i = 0; i < most && !stopped && !clock.instant().isBefore(pausedUntil); i++) {
      Instant now = clock.instant();
      if (rate.getAvailableTokens() == 0) {
        return;
      }
      Optional<Telling> next = queue.poll(now.plus(early));
      if (next.isEmpty()) {
        return;
      }
      rate.tryConsume(1);
      write(next.get(), now);
    }
  }

  private void write(Telling telling, Instant now) throws InterruptedException {
    Subject subject = subjects.copyOf(telling.id().key()).orElse(settings.syncTarget());
    EventDocument event = new EventDocument(settings, subject, telling);
    try {
      EventStore.Result result = store.write(event, telling, now);
      queue.told(telling.id(), result.at());
      switch (result.done()) {
        case WRITTEN -> {
          written.incrementAndGet();
          failing(null);
        }
        case TOO_SOON -> queue.putBack(telling, result.at().plus(settings.pace().quiet()));
        case KNOWN -> LOG.trace("{}: told by an earlier process", telling.id());
      }
    } catch (RequestException e) {
      refused(telling, e, now);
    }
  }

  private void refused(Telling telling, RequestException e, Instant now) {
    if (e.isTransient()) {
      Duration asked = e.retryAfter();
      pausedUntil = now.plus(asked.compareTo(PAUSE) > 0 ? asked : PAUSE);
      queue.putBack(telling, pausedUntil);
      failing(e);
    } else if (isGone(e) || e.code() == 409) {
      // Nowhere to tell it, or another process was quicker.
      LOG.debug("an Event on {} is dropped: {}", telling.id().key(), e.code());
      queue.drop();
    } else {
      queue.drop();
      failing(e);
    }
  }

  private static boolean isGone(RequestException e) {
    return e.code() == 404
        || e.status().stream()
            .flatMap(status -> status.items("details.causes").stream())
            .anyMatch(cause -> cause.string("reason").orElse("").equals("NamespaceTerminating"));
  }

  /** Logged once when it begins, and once when it ends. */
  private void failing(@Nullable RequestException why) {
    if (why != null && !failing) {
      LOG.warn(
          "SyncTarget {}: Events can't be written: {}",
          settings.syncTarget().name(),
          why.getMessage());
    } else if (why == null && failing) {
      LOG.info("SyncTarget {}: Events are written again", settings.syncTarget().name());
    }
    failing = why != null;
  }

  /** For good: takes nothing in and begins no write. */
  public void stop() {
    stopped = true;
  }

  /** How many writes of Events succeeded. */
  public long written() {
    return written.get();
  }

  /** How many Events were given up: too many waited, or the server refused them. */
  public long dropped() {
    return queue.dropped();
  }
}
