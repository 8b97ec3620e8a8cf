package io.kcp.upstream.mirror;

import io.kcp.upstream.mirror.Mirror.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a mirror is, and since when it heard nothing. Written by the mirror's thread alone. */
final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);

  private static final Set<String> OF_THE_CLUSTER =
      Set.of("NoAnswer", "ConnectionLost", "Http502", "Http503", "Http504", "ServiceUnavailable");

  private static final Duration LASTING = Duration.ofMinutes(1);

  /** One moment's verdict. */
  record Condition(State state, String reason, String message) {}

  private final String mirror;
  private final Clock clock;
  private volatile Condition now = new Condition(State.STARTING, "", "");
  private volatile @Nullable Instant contact;
  private Instant since;
  private boolean told;

  /** {@code mirror} is what the log calls it. */
  Health(String mirror, Clock clock) {
    this.mirror = mirror;
    this.clock = clock;
    this.since = clock.instant();
  }

  Condition now() {
    return now;
  }

  @Nullable Instant contact() {
    return contact;
  }

  /** The cluster said something. */
  void heard() {
    contact = clock.instant();
  }

  /**
   * Returns whether state or reason is another than before; that alone is logged. What befalls the
   * whole cluster is said once for it; here only when it lasts.
   */
  boolean turn(Condition next) {
    Condition before = now;
    now = next;
    boolean turned = before.state() != next.state() || !before.reason().equals(next.reason());
    if (turned) {
      since = clock.instant();
    }
    if (next.state() == State.SYNCED) {
      well(next);
    } else if (turned && !OF_THE_CLUSTER.contains(next.reason())) {
      unwell(next);
    } else if (!told && since.plus(LASTING).isBefore(clock.instant())) {
      unwell(next);
    } else if (turned) {
      LOG.debug("{}: {} {}: {}", mirror, next.state(), next.reason(), next.message());
    }
    return turned;
  }

  private void unwell(Condition next) {
    told = true;
    LOG.warn("{}: {} {}: {}", mirror, next.state(), next.reason(), next.message());
  }

  private void well(Condition next) {
    if (told) {
      LOG.info("{}: well again, {}", mirror, next.message());
    } else {
      LOG.debug("{}: {}", mirror, next.message());
    }
    told = false;
  }
}
