package io.kcp.upstream;

import io.kcp.upstream.sync.WorkKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How long it takes from a physical change to its write upstream. Safe for any thread. */
final class Lag {
  private final Map<WorkKey, Long> arrived = new ConcurrentHashMap<>();

  /** A change arrived; the first counts until it is done. */
  void arrived(WorkKey key) {
    arrived.putIfAbsent(key, System.nanoTime());
  }

  /** Everything that arrived of this object is done; empty when nothing was. */
  Optional<Duration> done(WorkKey key) {
    return Optional.ofNullable(arrived.remove(key))
        .map(since -> Duration.ofNanos(System.nanoTime() - since));
  }

  /** For how long the oldest change waits. */
  Duration oldest() {
    long now = System.nanoTime();
    return Duration.ofNanos(
        arrived.values().stream().mapToLong(since -> now - since).max().orElse(0));
  }
}
