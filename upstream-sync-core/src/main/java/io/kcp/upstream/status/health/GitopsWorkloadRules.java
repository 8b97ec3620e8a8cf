package io.kcp.upstream.status.health;

import static io.kcp.upstream.status.health.GitopsRules.degraded;
import static io.kcp.upstream.status.health.GitopsRules.healthy;
import static io.kcp.upstream.status.health.GitopsRules.progressing;

import io.kcp.upstream.spi.ObjectTree;
import java.util.Optional;
import java.util.OptionalLong;

/** Workloads and Jobs, as Argo CD has them: what is absent in the spec is not compared. */
final class GitopsWorkloadRules {
  private GitopsWorkloadRules() {}

  private static boolean behind(Look look) {
    return look.generation().orElse(0) > look.observedGeneration().orElse(0);
  }

  private static long status(Look look, String field) {
    return look.number("status." + field, 0);
  }

  private static boolean lessThanReplicas(Look look, String field) {
    OptionalLong replicas = look.number("spec.replicas");
    return replicas.isPresent() && status(look, field) < replicas.getAsLong();
  }

  static Ruling deployment(Look look) {
    if (look.isTrue("spec.paused")) {
      return Ruling.suspended("Suspended", "it is paused");
    }
    if (behind(look)) {
      return progressing("its controller has not seen its generation");
    }
    if (look.condition("Progressing")
        .filter(progressing -> progressing.hasReason("ProgressDeadlineExceeded"))
        .isPresent()) {
      return degraded("its progress deadline is exceeded");
    }
    long updated = status(look, "updatedReplicas");
    if (lessThanReplicas(look, "updatedReplicas")
        || status(look, "replicas") > updated
        || status(look, "availableReplicas") < updated) {
      return progressing("it rolls out");
    }
    return healthy();
  }

  static Ruling statefulSet(Look look) {
    if (look.observedGeneration().orElse(0) == 0 || behind(look)) {
      return progressing("its controller has not seen its generation");
    }
    if (lessThanReplicas(look, "readyReplicas")) {
      return progressing("its pods are not ready");
    }
    String strategy = look.text("spec.updateStrategy.type");
    if (strategy.equals("OnDelete")) {
      return healthy();
    }
    Optional<ObjectTree> rolling = look.object().tree("spec.updateStrategy.rollingUpdate");
    if (strategy.equals("RollingUpdate") && rolling.isPresent()) {
      return partition(look, rolling.get().integer("partition"));
    }
    return look.text("status.currentRevision").equals(look.text("status.updateRevision"))
        ? healthy()
        : progressing("its revisions differ");
  }

  private static Ruling partition(Look look, OptionalLong partition) {
    OptionalLong replicas = look.number("spec.replicas");
    return partition.isPresent()
            && replicas.isPresent()
            && status(look, "updatedReplicas") < replicas.getAsLong() - partition.getAsLong()
        ? progressing("its partition is not rolled out")
        : healthy();
  }

  static Ruling daemonSet(Look look) {
    if (behind(look)) {
      return progressing("its controller has not seen its generation");
    }
    if (look.text("spec.updateStrategy.type").equals("OnDelete")) {
      return healthy();
    }
    long desired = status(look, "desiredNumberScheduled");
    return status(look, "updatedNumberScheduled") < desired
            || status(look, "numberAvailable") < desired
        ? progressing("it rolls out")
        : healthy();
  }

  static Ruling replicaSet(Look look) {
    if (behind(look)) {
      return progressing("its controller has not seen its generation");
    }
    if (look.trueCondition("ReplicaFailure").isPresent()) {
      return degraded("a pod can't be made or removed");
    }
    return lessThanReplicas(look, "availableReplicas")
        ? progressing("its pods are not available")
        : healthy();
  }

  /** Only of Suspended does the condition's status count. */
  static Ruling job(Look look) {
    if (look.condition("Failed").isPresent()) {
      return degraded("it failed").asFinished();
    }
    if (look.trueCondition("Suspended").isPresent()) {
      return Ruling.suspended("Suspended", "it is suspended");
    }
    if (look.condition("Complete").isPresent()) {
      return healthy().asFinished();
    }
    return look.condition("Suspended").isPresent() ? healthy() : progressing("it runs");
  }
}
