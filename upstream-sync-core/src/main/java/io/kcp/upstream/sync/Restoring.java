package io.kcp.upstream.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When copies that vanished upstream are made again. A few at once; when more go at the same time
 * the workspace itself may be on its way out, emptied kind by kind while its lists still answer:
 * that is waited for, and no drift to be repaired one by one. Thread-safe; guarded by itself.
 */
final class Restoring {
  static final int AT_ONCE = 5;
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final Clock clock;
  private final Map<WorkKey, Instant> firstAsked = new HashMap<>();
  private final Map<WorkKey, Instant> restored = new HashMap<>();

  Restoring(Clock clock) {
    this.clock = clock;
  }

  /** Empty when the copy may be made now, else how long to wait before asking again. */
  synchronized Optional<Duration> waits(WorkKey key) {
    Instant now = clock.instant();
    restored.values().removeIf(at -> at.plus(WINDOW).isBefore(now));
    firstAsked.values().removeIf(at -> at.plus(WINDOW.multipliedBy(6)).isBefore(now));
    Instant first = firstAsked.computeIfAbsent(key, k -> now);
    Duration left = Duration.between(now, first.plus(WINDOW));
    boolean waited = left.isNegative() || left.isZero();
    if (waited || restored.containsKey(key) || restored.size() < AT_ONCE) {
      restored.put(key, now);
      firstAsked.remove(key);
      return Optional.empty();
    }
    return Optional.of(left);
  }
}
