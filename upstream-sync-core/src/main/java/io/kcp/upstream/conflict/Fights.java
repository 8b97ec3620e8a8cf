package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Counts how often a field was written over what somebody else had written. One that was too often
 * in a window is held: nothing is written to it until the oldest write is older than the window.
 * Safe for use by many threads (guarded by this).
 */
public final class Fights {
  private static final int SWEEP_AT = 1_000;

  private record Field(ObjectKey object, FieldPath path) {}

  private final int rewrites;
  private final Duration window;
  private final Clock clock;
  private final Map<Field, Deque<Instant>> writes = new HashMap<>();
  private int sweepAt = SWEEP_AT;

  /** Holds a field after this many writes within the window. */
  public Fights(int rewrites, Duration window, Clock clock) {
    this.rewrites = rewrites;
    this.window = window;
    this.clock = clock;
  }

  /** When the field may be written again; empty when it may be now. */
  synchronized Optional<Instant> heldUntil(ObjectKey object, FieldPath path) {
    Deque<Instant> times = writes.get(new Field(object, path));
    if (times == null || times.size() < rewrites) {
      return Optional.empty();
    }
    Instant free = times.getFirst().plus(window);
    return clock.instant().isBefore(free) ? Optional.of(free) : Optional.empty();
  }

  /** Notes that the field was written over somebody's value. */
  synchronized void wrote(ObjectKey object, FieldPath path) {
    Deque<Instant> times = writes.computeIfAbsent(new Field(object, path), f -> new ArrayDeque<>());
    times.addLast(clock.instant());
    if (times.size() > rewrites) {
      times.removeFirst();
    }
    if (writes.size() >= sweepAt) {
      sweep();
    }
  }

  /** How many fields are remembered. */
  synchronized int size() {
    return writes.size();
  }

  private void sweep() {
    Instant oldest = clock.instant().minus(window);
    Iterator<Deque<Instant>> all = writes.values().iterator();
    while (all.hasNext()) {
      if (all.next().getLast().isBefore(oldest)) {
        all.remove();
      }
    }
    sweepAt = Math.max(SWEEP_AT, 2 * writes.size());
  }
}
