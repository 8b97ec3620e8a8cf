package io.kcp.upstream.status;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.sync.WorkKey;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How everything does that is pulled up.
 *
 * @param byResource how many objects of each resource do how; what has no health is left out
 * @param worst the worst first, a few of them
 * @param pods null where none are counted
 * @param podsTrouble why pods can't be counted; "" for no trouble
 * @param judged whether each object was looked at, so that an absent one says something
 */
public record WorkloadSums(
    Map<GroupResource, Map<Health, Long>> byResource,
    List<Ill> worst,
    @Nullable Pods pods,
    String podsTrouble,
    boolean judged) {
  /** Nothing is known of anything. */
  public static final WorkloadSums NONE = new WorkloadSums(Map.of(), List.of(), null, "", false);

  /** One object that does not do well. */
  public record Ill(WorkKey key, Health health, String reason, String message) {}

  /** All pods of the physical cluster that belong to a workload. */
  public record Pods(int total, int ready, int restarts, List<Reason> reasons) {
    public Pods {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * What holds pods back.
   *
   * @param example namespace and name of one of them
   */
  public record Reason(String reason, int pods, String example) {}

  public WorkloadSums {
    byResource = Map.copyOf(byResource);
    worst = List.copyOf(worst);
  }

  /** The same objects, of which nothing is known now. */
  static WorkloadSums unknown(Map<GroupResource, Map<Health, Long>> before) {
    Map<GroupResource, Map<Health, Long>> unknown = new HashMap<>();
    before.forEach(
        (resource, of) ->
            unknown.put(
                resource,
                Map.of(Health.UNKNOWN, of.values().stream().mapToLong(Long::longValue).sum())));
    return new WorkloadSums(unknown, List.of(), null, "", true);
  }

  /** The same, as long as not each object was looked at. */
  public WorkloadSums notJudged() {
    return new WorkloadSums(byResource, worst, pods, podsTrouble, false);
  }

  /** How many objects do so. */
  public long count(Health health) {
    return byResource.values().stream().mapToLong(of -> of.getOrDefault(health, 0L)).sum();
  }

  /** How many objects do how. */
  public Map<Health, Long> counts() {
    Map<Health, Long> all = new EnumMap<>(Health.class);
    byResource.values().forEach(of -> of.forEach((health, n) -> all.merge(health, n, Long::sum)));
    return all;
  }

  /** How many objects have a health. */
  public long total() {
    return byResource.values().stream()
        .flatMap(of -> of.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }
}
