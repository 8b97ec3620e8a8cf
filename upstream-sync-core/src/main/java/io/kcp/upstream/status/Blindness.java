package io.kcp.upstream.status;

import io.kcp.upstream.spi.Health;
import io.kcp.upstream.sync.Additions;
import io.kcp.upstream.sync.WorkKey;
import io.kcp.upstream.transform.SyncKeys;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The time in which the physical cluster is out of sight. Safe for any thread. */
final class Blindness {
  private record Since(Instant seen, Instant noticed) {}

  private volatile @Nullable Since since;

  /** Of whose copies it was said. */
  private final Set<WorkKey> told = ConcurrentHashMap.newKeySet();

  boolean isBlind() {
    return since != null;
  }

  /** Returns the keys of whose copies it is to be said. */
  Set<WorkKey> begin(Instant seen, Instant now, Set<WorkKey> keys) {
    since = new Since(seen, now);
    told.addAll(keys);
    return keys;
  }

  /** Returns the keys of whose copies it may have been said. */
  Set<WorkKey> end() {
    since = null;
    return new HashSet<>(told);
  }

  /** Whether it was said of its copy, and nothing else since; asking takes that back. */
  boolean wasTold(WorkKey key) {
    return since == null && told.remove(key);
  }

  /** What is said on the copy of an object that did so when it was last seen. */
  Optional<Additions.Words> words(HealthState last) {
    Since now = since;
    if (now == null) {
      return Optional.empty();
    }
    String seen = now.seen().truncatedTo(ChronoUnit.SECONDS).toString();
    String before = CopyWords.word(last.health());
    HealthState state =
        new HealthState(
            Health.UNKNOWN,
            "PhysicalClusterSilent",
            "the physical cluster was last seen at %s, then: %s, %s"
                .formatted(seen, before, last.reason()),
            now.noticed());
    return Optional.of(
        new Additions.Words(
            Map.of(SyncKeys.HEALTH, CopyWords.health(state), SyncKeys.ROLLUP, lastSeen(seen)),
            CopyWords.condition(state)));
  }

  /** Old numbers would look like new ones. */
  private static String lastSeen(String seen) {
    return "{\"lastSeen\":\"" + seen + "\"}";
  }
}
