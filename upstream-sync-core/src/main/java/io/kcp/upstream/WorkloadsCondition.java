package io.kcp.upstream;

import io.kcp.upstream.spi.Health;
import io.kcp.upstream.status.Condition;
import io.kcp.upstream.status.WorkloadSums;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whether what is pulled up does well. What is only on its way is no reason for alarm.
 *
 * @param lastSeen when the physical cluster was last seen, if nothing is known since; else ""
 */
record WorkloadsCondition(WorkloadSums workloads, String lastSeen) {
  private static final String TYPE = "WorkloadsHealthy";
  private static final int NAMED = 3;

  Condition condition() {
    if (!lastSeen.isEmpty()) {
      return new Condition(
          TYPE,
          "Unknown",
          "PhysicalClusterSilent",
          "the physical cluster was last seen at %s: the health of %s is not known since"
              .formatted(lastSeen, objects(workloads.total())));
    }
    long ill = workloads.count(Health.DEGRADED) + workloads.count(Health.MISSING);
    if (ill > 0) {
      return Condition.isFalse(TYPE, "WorkloadsDegraded", share(ill, "degraded") + named());
    }
    if (!workloads.judged()) {
      return new Condition(
          TYPE,
          "Unknown",
          "NotJudgedYet",
          "not every object was looked at since the syncer started; %d have a health so far"
              .formatted(workloads.total()));
    }
    long unknown = workloads.count(Health.UNKNOWN);
    if (unknown > 0) {
      return new Condition(TYPE, "Unknown", "HealthUnknown", share(unknown, "unknown") + named());
    }
    long moving = workloads.count(Health.PROGRESSING);
    if (moving > 0) {
      return Condition.isTrue(TYPE, "WorkloadsProgressing", share(moving, "progressing") + named());
    }
    return Condition.isTrue(TYPE, "AllHealthy", well());
  }

  private String well() {
    if (workloads.total() == 0) {
      return "nothing that is pulled up has a health";
    }
    long suspended = workloads.count(Health.SUSPENDED);
    String healthy = objects(workloads.count(Health.HEALTHY)) + " healthy";
    return suspended == 0 ? healthy : healthy + ", " + suspended + " suspended";
  }

  private static String objects(long count) {
    return count == 1 ? "1 object" : count + " objects";
  }

  private String share(long some, String word) {
    return "%d of %s %s".formatted(some, objects(workloads.total()), word);
  }

  private String named() {
    String worst =
        workloads.worst().stream()
            .limit(NAMED)
            .map(WorkloadsCondition::name)
            .collect(Collectors.joining("; "));
    return worst.isEmpty() ? "" : ": " + worst;
  }

  private static String name(WorkloadSums.Ill ill) {
    String why = ill.message().isEmpty() ? ill.reason() : ill.reason() + ", " + ill.message();
    return "%s %s (%s)".formatted(ill.key(), ill.health().name().toLowerCase(Locale.ROOT), why);
  }
}
