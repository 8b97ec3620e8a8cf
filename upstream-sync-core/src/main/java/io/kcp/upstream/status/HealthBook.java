package io.kcp.upstream.status;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.sync.WorkKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How each object does that has a verdict, and how many do how. Safe for any thread. */
final class HealthBook {
  /** Worst first. */
  private static final List<Health> BAD =
      List.of(Health.DEGRADED, Health.MISSING, Health.UNKNOWN, Health.PROGRESSING);

  // All guarded by this.
  private final Map<WorkKey, HealthState> states = new HashMap<>();
  private final Map<WorkKey, HealthState> bad = new HashMap<>();
  private final Map<GroupResource, Map<Health, Long>> counts = new HashMap<>();

  synchronized Optional<HealthState> find(WorkKey key) {
    return Optional.ofNullable(states.get(key));
  }

  synchronized void put(WorkKey key, HealthState state) {
    forget(key);
    states.put(key, state);
    if (BAD.contains(state.health())) {
      bad.put(key, state);
    }
    count(key, state.health(), 1);
  }

  synchronized void forget(WorkKey key) {
    HealthState before = states.remove(key);
    if (before != null) {
      bad.remove(key);
      count(key, before.health(), -1);
    }
  }

  private void count(WorkKey key, Health health, long change) {
    Map<Health, Long> of = counts.computeIfAbsent(key.resource(), r -> new EnumMap<>(Health.class));
    of.merge(health, change, Long::sum);
    of.values().removeIf(sum -> sum == 0);
    if (of.isEmpty()) {
      counts.remove(key.resource());
    }
  }

  synchronized Set<WorkKey> keys() {
    return Set.copyOf(states.keySet());
  }

  /** How many objects of each resource do how. */
  synchronized Map<GroupResource, Map<Health, Long>> counts() {
    Map<GroupResource, Map<Health, Long>> all = new HashMap<>();
    counts.forEach((resource, of) -> all.put(resource, new EnumMap<>(of)));
    return all;
  }

  /** The worst objects, the longest ill first. */
  synchronized List<Map.Entry<WorkKey, HealthState>> worst(int limit) {
    List<Map.Entry<WorkKey, HealthState>> all = new ArrayList<>();
    bad.forEach((key, state) -> all.add(Map.entry(key, state)));
    all.sort(
        Comparator.comparingInt(
                (Map.Entry<WorkKey, HealthState> each) -> BAD.indexOf(each.getValue().health()))
            .thenComparing(each -> each.getValue().since())
            .thenComparing(each -> each.getKey().toString()));
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }
}
