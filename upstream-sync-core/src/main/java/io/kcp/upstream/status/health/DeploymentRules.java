package io.kcp.upstream.status.health;

import static io.kcp.upstream.status.health.Counts.fewer;
import static io.kcp.upstream.status.health.Counts.more;
import static io.kcp.upstream.status.health.Counts.status;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Deployments. */
final class DeploymentRules {
  /** As the API has it: no deadline. */
  private static final long NO_DEADLINE = Integer.MAX_VALUE;

  static final List<Rule> RULES =
      List.of(
          new Rule("deployment.progress-deadline", DeploymentRules::deadline),
          new Rule("deployment.replica-failure", DeploymentRules::replicaFailure),
          fewer("deployment.created", "replicas", Look::replicas, "created"),
          fewer("deployment.updated", "updatedReplicas", Look::replicas, "up to date"),
          new Rule("deployment.old-pods", DeploymentRules::oldPods),
          more("deployment.surplus", Look::replicas),
          fewer(
              "deployment.available", "availableReplicas", status("updatedReplicas"), "available"),
          fewer("deployment.ready", "readyReplicas", Look::replicas, "ready"),
          new Rule("deployment.rolled-out", DeploymentRules::rolledOut),
          new Rule("deployment.available-condition", DeploymentRules::available),
          new Rule(
              "deployment.complete",
              look ->
                  Ruling.healthy(
                      "Available",
                      "all %d replicas are up to date and available".formatted(look.replicas()))));

  private DeploymentRules() {}

  static @Nullable Ruling paused(Look look) {
    return isDeployment(look) && look.isTrue("spec.paused")
        ? Ruling.suspended("Paused", "spec.paused is true: changes are not rolled out")
        : null;
  }

  private static boolean isDeployment(Look look) {
    return look.type().equals("Deployment.apps") || look.type().equals("Deployment.extensions");
  }

  private static @Nullable Ruling deadline(Look look) {
    return look.condition("Progressing")
        .filter(progressing -> progressing.hasReason("ProgressDeadlineExceeded"))
        .map(
            progressing ->
                Ruling.degraded(
                    "ProgressDeadlineExceeded",
                    progressing.messageOr("it made no progress within its deadline")))
        .orElse(null);
  }

  private static @Nullable Ruling replicaFailure(Look look) {
    return look.trueCondition("ReplicaFailure")
        .map(
            failure ->
                Ruling.progressing(
                    failure.reasonOr("ReplicaFailure"),
                    failure.messageOr("a pod can't be made or removed")))
        .orElse(null);
  }

  private static @Nullable Ruling oldPods(Look look) {
    long old = look.number("status.replicas", 0) - look.number("status.updatedReplicas", 0);
    return old > 0
        ? Ruling.progressing("OldPodsRemain", "%d pods are still of an older spec".formatted(old))
        : null;
  }

  private static @Nullable Ruling rolledOut(Look look) {
    OptionalLong deadline = look.number("spec.progressDeadlineSeconds");
    if (deadline.isEmpty() || deadline.getAsLong() == NO_DEADLINE) {
      return null;
    }
    return look.condition("Progressing")
        .filter(
            progressing ->
                !progressing.isTrue() || !progressing.hasReason("NewReplicaSetAvailable"))
        .map(
            progressing ->
                Ruling.progressing(
                    progressing.reasonOr("RollingOut"), progressing.messageOr("it rolls out")))
        .orElse(null);
  }

  private static @Nullable Ruling available(Look look) {
    return look.condition("Available")
        .filter(available -> !available.isTrue())
        .map(
            available ->
                Ruling.progressing(
                    available.reasonOr("NotAvailable"),
                    available.messageOr("Available is " + available.status())))
        .orElse(null);
  }
}
