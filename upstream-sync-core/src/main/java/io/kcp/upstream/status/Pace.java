package io.kcp.upstream.status;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.sync.WorkKey;
import io.kcp.upstream.transform.Canonical;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Lets one copy's status be written once in the coalescing time, if nothing but it changed. */
final class Pace {
  private record Written(Instant at, Digest object) {}

  private final Duration coalesce;
  private final Clock clock;
  private final Map<WorkKey, Written> recent = new ConcurrentHashMap<>();

  /** Writes that wait, and until when. */
  private final Map<WorkKey, Instant> waiting = new ConcurrentHashMap<>();

  Pace(Duration coalesce, Clock clock) {
    this.coalesce = coalesce;
    this.clock = clock;
  }

  /** How long this has to wait; empty for not at all. */
  Optional<Duration> early(WorkKey key, Desired desired) {
    Written last = recent.get(key);
    if (last == null || !last.object().equals(digest(desired))) {
      return Optional.empty();
    }
    Instant due = last.at().plus(coalesce);
    Duration rest = Duration.between(clock.instant(), due);
    if (rest.isNegative() || rest.isZero()) {
      return Optional.empty();
    }
    waiting.put(key, due);
    return Optional.of(rest);
  }

  /** Whether a write waits. */
  boolean isHolding() {
    Instant now = clock.instant();
    return waiting.values().stream().anyMatch(now::isBefore);
  }

  void written(WorkKey key, Desired desired) {
    waiting.remove(key);
    recent.put(key, new Written(clock.instant(), digest(desired)));
  }

  /** Drops what holds nothing up any more. */
  void tidy() {
    Instant now = clock.instant();
    Instant old = now.minus(coalesce);
    waiting.values().removeIf(due -> !now.isBefore(due));
    recent.values().removeIf(written -> written.at().isBefore(old));
  }

  /** Of the object without what is said on it. */
  private static Digest digest(Desired desired) {
    MergeSchema schema = desired.type().schema();
    ObjectTree object = CopyWords.without(desired.object());
    return Canonical.digest(object, schema);
  }
}
