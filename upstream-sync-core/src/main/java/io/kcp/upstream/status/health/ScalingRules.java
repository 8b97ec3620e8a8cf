package io.kcp.upstream.status.health;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PodDisruptionBudgets and HorizontalPodAutoscalers. */
final class ScalingRules {
  private static final Map<String, Set<String>> FAULTS =
      Map.of(
          "AbleToScale",
          Set.of("FailedGetScale", "FailedUpdateScale"),
          "ScalingActive",
          Set.of(
              "FailedGetResourceMetric",
              "FailedGetObjectMetric",
              "FailedGetPodsMetric",
              "FailedGetExternalMetric",
              "FailedComputeMetricsReplicas",
              "InvalidSelector"));

  private static final String CONTAINER_METRIC = "FailedGetContainerResourceMetric";

  static final List<Rule> BUDGET =
      List.of(
          new Rule(
              "budget.no-status",
              look ->
                  look.hasStatus()
                      ? null
                      : Ruling.progressing("NoStatus", "its pods are not counted yet")),
          new Rule("budget.fault", ScalingRules::budgetFault),
          new Rule("budget.short", ScalingRules::budgetShort),
          new Rule(
              "budget.kept",
              look -> Ruling.healthy("EnoughHealthyPods", "as many pods are healthy as it asks")));

  static final List<Rule> AUTOSCALER =
      List.of(
          new Rule("autoscaler.fault", look -> fault(AutoscalerConditions.of(look), true)),
          new Rule("autoscaler.able", look -> able(AutoscalerConditions.of(look))),
          new Rule(
              "autoscaler.starting",
              look -> Ruling.progressing("NotActive", "it does not scale yet")));

  private ScalingRules() {}

  private static @Nullable Ruling budgetFault(Look look) {
    return look.condition("DisruptionAllowed")
        .filter(Condition::isFalse)
        .filter(allowed -> !allowed.hasReason("InsufficientPods"))
        .map(
            allowed ->
                Ruling.degraded(
                    allowed.reasonOr("DisruptionUnknown"),
                    allowed.messageOr("its controller can't count its pods")))
        .orElse(null);
  }

  private static @Nullable Ruling budgetShort(Look look) {
    long healthy = look.number("status.currentHealthy", 0);
    long wanted = look.number("status.desiredHealthy", 0);
    return healthy < wanted
        ? Ruling.progressing(
            "InsufficientPods", "%d of %d pods are healthy".formatted(healthy, wanted))
        : null;
  }

  /** Whatever the condition's status is, as its reason alone says what went wrong. */
  static @Nullable Ruling fault(List<Condition> conditions, boolean containerMetrics) {
    for (Condition condition : conditions) {
      boolean known =
          FAULTS.getOrDefault(condition.type(), Set.of()).contains(condition.reason())
              || (containerMetrics
                  && condition.is("ScalingActive")
                  && condition.hasReason(CONTAINER_METRIC));
      if (known) {
        return Ruling.degraded(condition.reason(), condition.messageOr("it can't scale"));
      }
    }
    return null;
  }

  static @Nullable Ruling able(List<Condition> conditions) {
    return conditions.stream()
        .filter(condition -> condition.is("AbleToScale") || condition.is("ScalingLimited"))
        .filter(Condition::isTrue)
        .findFirst()
        .map(
            condition ->
                Ruling.healthy(condition.reasonOr("AbleToScale"), condition.messageOr("it scales")))
        .orElse(null);
  }
}
