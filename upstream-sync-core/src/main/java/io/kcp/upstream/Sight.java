package io.kcp.upstream;

import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the physical cluster is in sight: when it last answered anything. A quiet cluster is
 * asked for its version now and then, so that it is told from one whose connection is dead; one
 * that was away is asked often, and every watch goes on at once when it is back.
 */
final class Sight {
  private static final Logger LOG = LoggerFactory.getLogger(Sight.class);
  private static final Duration MOST_OFTEN = Duration.ofMillis(250);
  private static final Duration AWAY = Duration.ofSeconds(2);

  /**
   * Told and asked by it.
   *
   * @param mirrors all that watch the physical cluster
   * @param returned called on a worker when it answers after it was away
   */
  record World(Supplier<Collection<Mirror>> mirrors, Runnable returned) {}

  private final Setup setup;
  private final World world;
  private final ClusterEndpoint cluster;
  private final Clock clock;
  private final Duration unknownAfter;
  private final AtomicBoolean asking = new AtomicBoolean();
  private final Instant began;
  private volatile @Nullable Instant answered;
  private volatile Instant asked = Instant.EPOCH;
  private volatile boolean away;

  Sight(Setup setup, World world) {
    this.setup = setup;
    this.world = world;
    this.clock = setup.clock();
    this.unknownAfter = setup.config().reporting().unknownAfter();
    this.cluster = setup.physicalForProbe(patience());
    this.began = clock.instant();
  }

  /** So long that an answer comes, and so short that a silence is noticed in time. */
  private Duration patience() {
    Duration third = unknownAfter.dividedBy(3);
    return third.compareTo(MOST_OFTEN) < 0 ? MOST_OFTEN : third;
  }

  /** When the physical cluster last said anything; empty before it did. */
  Optional<Instant> lastContact() {
    return Stream.concat(
            world.mirrors().get().stream().flatMap(mirror -> mirror.lastContact().stream()),
            Optional.ofNullable(answered).stream())
        .max(Instant::compareTo);
  }

  private Instant lastSeen() {
    return lastContact().orElse(began);
  }

  /** Since when nothing is known, if it has been for too long. */
  Optional<Instant> silentSince() {
    Instant seen = lastSeen();
    return clock.instant().isAfter(seen.plus(unknownAfter)) ? Optional.of(seen) : Optional.empty();
  }

  /** Whether every watch is up to date, as far as it can be. */
  boolean isClear() {
    return silentSince().isEmpty()
        && world.mirrors().get().stream()
            .noneMatch(mirror -> mirror.state() == Mirror.State.RETRYING);
  }

  /** To be called often; does not wait. */
  void look() {
    Instant now = clock.instant();
    boolean broken = !isClear();
    Duration pause = broken ? shorter(AWAY, patience()) : patience();
    boolean due = now.isAfter(asked.plus(pause)) && (broken || now.isAfter(lastSeen().plus(pause)));
    if (due && asking.compareAndSet(false, true)) {
      asked = now;
      try {
        setup.runtime().workers().execute(this::ask);
      } catch (RejectedExecutionException e) {
        LOG.debug("the runtime was closed", e);
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void ask() {
    try {
      cluster.send(ApiRequest.get("/version"));
      seen();
    } catch (RequestException e) {
      if (e.code() >= 400 && e.code() < 500) {
        seen(); // it refuses, but it is there
      } else {
        away = true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      asking.set(false);
    }
  }

  private void seen() {
    answered = clock.instant();
    if (away) {
      away = false;
      List.copyOf(world.mirrors().get()).forEach(Mirror::retryNow);
      world.returned().run();
    }
  }
}
