package io.kcp.upstream.status;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.status.health.Assessment;
import io.kcp.upstream.sync.KeyTable;
import io.kcp.upstream.sync.WorkKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How each object does that has a verdict, and how many do how. An object that does well takes two
 * numbers, as nearly all do, and in the same words. Safe for any thread.
 */
final class HealthBook {
  /** Worst first. */
  private static final List<Health> BAD =
      List.of(Health.DEGRADED, Health.MISSING, Health.UNKNOWN, Health.PROGRESSING);

  // All guarded by this.
  private final KeyTable well = new KeyTable(1);
  private final SharedWords words = new SharedWords();

  /** Those that do not do well, and those for whose words there is no room. */
  private final Map<WorkKey, Standing> others = new HashMap<>();

  private final Map<GroupResource, Map<Health, Long>> counts = new HashMap<>();

  synchronized Optional<Standing> find(WorkKey key) {
    Standing other = others.get(key);
    if (other != null) {
      return Optional.of(other);
    }
    return well.get(key).map(numbers -> unpacked(numbers[0]));
  }

  synchronized boolean knows(WorkKey key) {
    return others.containsKey(key) || well.get(key).isPresent();
  }

  synchronized void put(WorkKey key, Standing standing) {
    forget(key);
    Health health = standing.told().health();
    OptionalLong packed = BAD.contains(health) ? OptionalLong.empty() : packed(standing);
    if (packed.isPresent()) {
      well.put(key, packed.getAsLong());
    } else {
      others.put(key, standing);
    }
    count(key, health, 1);
  }

  synchronized void forget(WorkKey key) {
    @Nullable Standing before = find(key).orElse(null);
    if (before != null) {
      others.remove(key);
      well.remove(key);
      count(key, before.told().health(), -1);
    }
  }

  /** 32 bits of time, 20 of mark, 12 of words. */
  private OptionalLong packed(Standing standing) {
    long seconds = standing.since().getEpochSecond();
    OptionalInt number = words.number(standing.told());
    return number.isEmpty() || seconds >>> 32 != 0
        ? OptionalLong.empty()
        : OptionalLong.of(seconds << 32 | (long) standing.mark() << 12 | number.getAsInt());
  }

  private Standing unpacked(long packed) {
    Assessment told = words.get((int) packed & 0xfff);
    return new Standing(
        (int) (packed >>> 12) & 0xfffff, told, Instant.ofEpochSecond(packed >>> 32));
  }

  private void count(WorkKey key, Health health, long change) {
    Map<Health, Long> of = counts.computeIfAbsent(key.resource(), r -> new EnumMap<>(Health.class));
    of.merge(health, change, Long::sum);
    of.values().removeIf(sum -> sum == 0);
    if (of.isEmpty()) {
      counts.remove(key.resource());
    }
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
    others.forEach(
        (key, standing) -> {
          if (BAD.contains(standing.told().health())) {
            all.add(Map.entry(key, standing.state()));
          }
        });
    all.sort(
        Comparator.comparingInt(
                (Map.Entry<WorkKey, HealthState> each) -> BAD.indexOf(each.getValue().health()))
            .thenComparing(each -> each.getValue().since())
            .thenComparing(each -> each.getKey().toString()));
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }
}
