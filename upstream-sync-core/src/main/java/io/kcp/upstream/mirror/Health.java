package io.kcp.upstream.mirror;

import io.kcp.upstream.mirror.Mirror.State;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a mirror is, and since when it heard nothing. Written by the mirror's thread alone. */
final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);

  /** One moment's verdict. */
  record Condition(State state, String reason, String message) {}

  private final String mirror;
  private final Clock clock;
  private volatile Condition now = new Condition(State.STARTING, "", "");
  private volatile @Nullable Instant contact;

  /** {@code mirror} is what the log calls it. */
  Health(String mirror, Clock clock) {
    this.mirror = mirror;
    this.clock = clock;
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

  /** Returns whether state or reason is another than before; that alone is logged. */
  boolean turn(Condition next) {
    Condition before = now;
    now = next;
    if (before.state() == next.state() && before.reason().equals(next.reason())) {
      return false;
    }
    if (next.state() == State.SYNCED && before.state() == State.STARTING) {
      LOG.debug("{}: {}", mirror, next.message());
    } else if (next.state() == State.SYNCED) {
      LOG.info("{}: {}", mirror, next.message());
    } else {
      LOG.warn("{}: {} {}: {}", mirror, next.state(), next.reason(), next.message());
    }
    return true;
  }
}
