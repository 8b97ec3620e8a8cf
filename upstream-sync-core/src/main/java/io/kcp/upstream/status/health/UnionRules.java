package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.Health;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Our own rules: what holds for any kind, those of the kind, then Ready. */
final class UnionRules implements Rulebook {
  static final Map<String, List<Rule>> KINDS =
      Map.ofEntries(
          Map.entry("Pod", PodRules.RULES),
          Map.entry("Deployment.apps", DeploymentRules.RULES),
          Map.entry("Deployment.extensions", DeploymentRules.RULES),
          Map.entry("StatefulSet.apps", ReplicaRules.STATEFUL_SET),
          Map.entry("DaemonSet.apps", ReplicaRules.DAEMON_SET),
          Map.entry("DaemonSet.extensions", ReplicaRules.DAEMON_SET),
          Map.entry("ReplicaSet.apps", ReplicaRules.REPLICA_SET),
          Map.entry("ReplicaSet.extensions", ReplicaRules.REPLICA_SET),
          Map.entry("ReplicationController", ReplicaRules.REPLICA_SET),
          Map.entry("Job.batch", BatchRules.JOB),
          Map.entry("CronJob.batch", BatchRules.CRON_JOB),
          Map.entry("Service", NetworkRules.SERVICE),
          Map.entry("Ingress.networking.k8s.io", NetworkRules.INGRESS),
          Map.entry("Ingress.extensions", NetworkRules.INGRESS),
          Map.entry("PersistentVolumeClaim", StorageRules.CLAIM),
          Map.entry("PersistentVolume", StorageRules.VOLUME),
          Map.entry("PodDisruptionBudget.policy", ScalingRules.BUDGET),
          Map.entry("HorizontalPodAutoscaler.autoscaling", ScalingRules.AUTOSCALER),
          Map.entry("CustomResourceDefinition.apiextensions.k8s.io", ApiRules.DEFINITION),
          Map.entry("APIService.apiregistration.k8s.io", ApiRules.API_SERVICE),
          Map.entry("Namespace", ApiRules.NAMESPACE),
          Map.entry("Node", NodeRules.RULES),
          Map.entry("Secret", OtherRules.DATA),
          Map.entry("ConfigMap", OtherRules.DATA),
          Map.entry("Workflow.argoproj.io", OtherRules.WORKFLOW));

  /** Not yet healthy to us, where kstatus waits no longer. */
  static final Set<String> CURRENT_IN_KSTATUS =
      Set.of("pod.runs-to-completion", "service.no-address", "ingress.no-address", "job.running");

  /** Not yet healthy to us, where Karmada is content. */
  static final Set<String> HEALTHY_IN_KARMADA = Set.of("pod.runs-to-completion", "job.running");

  @Override
  public Rule.Decided judge(Look look) {
    Rule.Decided generic = Rule.first(GenericRules.BEFORE, look);
    if (generic != null) {
      return generic;
    }
    Rule.Decided byKind = Rule.first(KINDS.getOrDefault(look.type(), List.of()), look);
    if (byKind == null) {
      byKind = Rule.first(GenericRules.AFTER, look);
    }
    if (byKind == null) {
      throw new IllegalStateException("the last rule always answers");
    }
    return byKind.ruling().health() == Health.PROGRESSING
        ? ChildPods.escalated(byKind, look)
        : byKind;
  }

  /** The names of all its rules. */
  static Stream<String> names() {
    return Stream.concat(
            Stream.of(GenericRules.BEFORE, GenericRules.AFTER), KINDS.values().stream())
        .flatMap(List::stream)
        .map(Rule::name)
        .distinct();
  }
}
