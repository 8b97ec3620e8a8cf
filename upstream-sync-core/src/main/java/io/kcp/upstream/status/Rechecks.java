package io.kcp.upstream.status;

import io.kcp.upstream.sync.WorkKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** When objects are to be looked at again though nothing changes. Safe for any thread. */
final class Rechecks {
  private final Map<WorkKey, Instant> times = new ConcurrentHashMap<>();

  /**
   * In place of what was planned for the object.
   *
   * @param tally time alone may make another text of it
   * @param again what the verdict asks for; null when only a change matters
   */
  void plan(WorkKey key, Instant now, Optional<Tally> tally, @Nullable Duration again) {
    @Nullable Instant next =
        tally
            .filter(all -> all.goodUntil() > 0)
            .map(all -> Instant.ofEpochSecond(all.goodUntil()))
            .orElse(null);
    if (again != null && (next == null || now.plus(again).isBefore(next))) {
      next = now.plus(again);
    }
    if (next == null) {
      times.remove(key);
    } else {
      times.put(key, next);
    }
  }

  Set<WorkKey> takeDue(Instant now) {
    Set<WorkKey> due = new HashSet<>();
    times.forEach(
        (key, at) -> {
          if (!at.isAfter(now) && times.remove(key, at)) {
            due.add(key);
          }
        });
    return due;
  }

  void forget(WorkKey key) {
    times.remove(key);
  }
}
