package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.PodRollup;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A workload that is on its way does not get there while its pods fail. */
final class ChildPods {
  static final String RULE = "pods.failing";

  /** Those whose pods always restart: they have no failure of their own to show, or a late one. */
  private static final Set<String> TYPES =
      Set.of(
          "Deployment.apps",
          "Deployment.extensions",
          "StatefulSet.apps",
          "DaemonSet.apps",
          "DaemonSet.extensions",
          "ReplicaSet.apps",
          "ReplicaSet.extensions",
          "ReplicationController");

  private static final String INIT = "Init";

  /** What a roll-up says where no container's own words do. */
  private static final Set<String> OTHERS =
      Set.of("Unschedulable", "OOMKilled", "MissingConfigMap", "MissingSecret");

  private ChildPods() {}

  static Rule.Decided escalated(Rule.Decided decided, Look look) {
    Optional<PodRollup> pods = look.context().pods();
    boolean asked =
        TYPES.contains(look.type()) && !look.settings().has(HealthOption.NO_CHILD_ESCALATION);
    if (!asked || pods.isEmpty()) {
      return decided;
    }
    List<Map.Entry<String, Integer>> failing =
        pods.get().reasons().entrySet().stream()
            .filter(entry -> entry.getValue() > 0 && failsWorkload(entry.getKey()))
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    return failing.isEmpty() ? decided : new Rule.Decided(RULE, ruling(decided, failing, pods));
  }

  private static Ruling ruling(
      Rule.Decided decided, List<Map.Entry<String, Integer>> failing, Optional<PodRollup> pods) {
    long total = pods.map(PodRollup::total).orElse(0);
    String reasons =
        failing.stream()
            .map(entry -> "%d of %d pods: %s".formatted(entry.getValue(), total, entry.getKey()))
            .collect(Collectors.joining("; "));
    return Ruling.degraded(
        failing.get(0).getKey(), "%s; %s".formatted(reasons, decided.ruling().message()));
  }

  /** The reason of an init container begins with {@code Init}. */
  private static boolean failsWorkload(String reason) {
    String bare = reason.startsWith(INIT) ? reason.substring(INIT.length()) : reason;
    return Texts.isReason(reason) && (Waiting.isFailure(bare) || OTHERS.contains(bare));
  }
}
