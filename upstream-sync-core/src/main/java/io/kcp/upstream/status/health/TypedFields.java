package io.kcp.upstream.status.health;

import java.util.List;
import java.util.Map;

/**
 * Whole numbers that tools with typed objects decode before they judge: one of another type, and
 * they judge nothing of the object.
 */
final class TypedFields {
  private static final List<String> META = List.of("metadata.generation");

  private static final Map<String, List<String>> NUMBERS =
      Map.of(
          "Deployment.apps",
          List.of(
              "spec.replicas",
              "spec.progressDeadlineSeconds",
              "spec.revisionHistoryLimit",
              "spec.minReadySeconds",
              "status.observedGeneration",
              "status.replicas",
              "status.updatedReplicas",
              "status.readyReplicas",
              "status.availableReplicas",
              "status.unavailableReplicas",
              "status.collisionCount"),
          "StatefulSet.apps",
          List.of(
              "spec.replicas",
              "spec.revisionHistoryLimit",
              "spec.minReadySeconds",
              "spec.updateStrategy.rollingUpdate.partition",
              "status.observedGeneration",
              "status.replicas",
              "status.readyReplicas",
              "status.currentReplicas",
              "status.updatedReplicas",
              "status.availableReplicas",
              "status.collisionCount"),
          "DaemonSet.apps",
          List.of(
              "spec.revisionHistoryLimit",
              "spec.minReadySeconds",
              "status.observedGeneration",
              "status.currentNumberScheduled",
              "status.desiredNumberScheduled",
              "status.numberMisscheduled",
              "status.numberReady",
              "status.numberAvailable",
              "status.numberUnavailable",
              "status.updatedNumberScheduled",
              "status.collisionCount"),
          "ReplicaSet.apps",
          List.of(
              "spec.replicas",
              "spec.minReadySeconds",
              "status.observedGeneration",
              "status.replicas",
              "status.fullyLabeledReplicas",
              "status.readyReplicas",
              "status.availableReplicas"),
          "Job.batch",
          List.of(
              "spec.parallelism",
              "spec.completions",
              "spec.backoffLimit",
              "spec.activeDeadlineSeconds",
              "spec.ttlSecondsAfterFinished",
              "status.active",
              "status.succeeded",
              "status.failed"),
          "PodDisruptionBudget.policy",
          List.of(
              "status.observedGeneration",
              "status.currentHealthy",
              "status.desiredHealthy",
              "status.expectedPods",
              "status.disruptionsAllowed"));

  private TypedFields() {}

  /** Throws {@link io.kcp.upstream.spi.FieldTypeException} for the first of another type. */
  static void check(Look look) {
    META.forEach(look::number);
    NUMBERS.getOrDefault(look.type(), List.of()).forEach(look::number);
    look.object().labels();
    look.object().annotations();
    look.conditions().forEach(condition -> check(condition));
  }

  private static void check(Condition condition) {
    condition.type();
    condition.status();
    condition.reason();
    condition.tree().string("message");
  }
}
