package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.Health;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Argo CD says: deletion, then the kind's rule, the scripts that it ships for some kinds
 * included; no opinion on any other kind. It decodes objects of one version alone.
 */
final class GitopsRules implements Rulebook {
  private static final String HOOK_FINALIZER = "argocd.argoproj.io/hook-finalizer";

  private static final Map<String, Rule.Judge> KINDS =
      Map.ofEntries(
          Map.entry("Pod", GitopsPodRules::pod),
          Map.entry("Deployment.apps", GitopsWorkloadRules::deployment),
          Map.entry("StatefulSet.apps", GitopsWorkloadRules::statefulSet),
          Map.entry("DaemonSet.apps", GitopsWorkloadRules::daemonSet),
          Map.entry("ReplicaSet.apps", GitopsWorkloadRules::replicaSet),
          Map.entry("Job.batch", GitopsWorkloadRules::job),
          Map.entry("CronJob.batch", GitopsScripts::cronJob),
          Map.entry("Service", GitopsRules::service),
          Map.entry("Ingress.networking.k8s.io", GitopsRules::addressed),
          Map.entry("Ingress.extensions", GitopsRules::addressed),
          Map.entry("PersistentVolumeClaim", GitopsRules::claim),
          Map.entry("PodDisruptionBudget.policy", GitopsScripts::budget),
          Map.entry("HorizontalPodAutoscaler.autoscaling", GitopsRules::autoscaler),
          Map.entry("CustomResourceDefinition.apiextensions.k8s.io", GitopsScripts::definition),
          Map.entry("APIService.apiregistration.k8s.io", GitopsRules::apiService),
          Map.entry("Workflow.argoproj.io", GitopsRules::workflow));

  private static final Map<String, Set<String>> VERSIONS =
      Map.of(
          "Deployment.apps", Set.of("v1"),
          "StatefulSet.apps", Set.of("v1"),
          "DaemonSet.apps", Set.of("v1"),
          "ReplicaSet.apps", Set.of("v1"),
          "Job.batch", Set.of("v1"),
          "HorizontalPodAutoscaler.autoscaling", Set.of("v1", "v2"),
          "APIService.apiregistration.k8s.io", Set.of("v1", "v1beta1"));

  @Override
  public Rule.Decided judge(Look look) {
    if (GenericRules.isDeleting(look) && !GenericRules.finalizers(look).contains(HOOK_FINALIZER)) {
      return new Rule.Decided("gitops.deletion", Ruling.terminating("it is being deleted"));
    }
    Rule.Judge judge = KINDS.get(look.type());
    Ruling ruling = judge == null ? null : ruling(judge, look);
    return ruling == null
        ? new Rule.Decided("gitops.no-opinion", Ruling.assumed("there is no rule for this kind"))
        : new Rule.Decided("gitops." + Names.kebab(look.object().kind()), ruling);
  }

  private static @Nullable Ruling ruling(Rule.Judge judge, Look look) {
    Set<String> versions = VERSIONS.getOrDefault(look.type(), Set.of(look.version()));
    if (!versions.contains(look.version())) {
      return Ruling.unknown(
          "UnsupportedVersion", "version %s is none of %s".formatted(look.version(), versions));
    }
    TypedFields.check(look);
    return judge.of(look);
  }

  static Ruling healthy() {
    return Ruling.healthy("Healthy", "it is healthy");
  }

  static Ruling progressing(String message) {
    return Ruling.progressing("Progressing", message);
  }

  static Ruling degraded(String message) {
    return Ruling.degraded("Degraded", message);
  }

  private static Ruling service(Look look) {
    return look.text("spec.type").equals("LoadBalancer") ? addressed(look) : healthy();
  }

  private static Ruling addressed(Look look) {
    return look.object().items(NetworkRules.ADDRESSES).isEmpty()
        ? progressing("its load balancer has no address yet")
        : healthy();
  }

  private static Ruling claim(Look look) {
    String phase = look.text("status.phase");
    return switch (phase) {
      case "Bound" -> healthy();
      case "Pending" -> progressing("it is not bound yet");
      case "Lost" -> degraded("its volume is lost");
      default -> Ruling.unknown("UnknownPhase", "its phase is " + Texts.oneLine(phase));
    };
  }

  private static Ruling autoscaler(Look look) {
    List<Condition> conditions = AutoscalerConditions.of(look);
    Ruling fault = ScalingRules.fault(conditions, false);
    Ruling able = fault == null ? ScalingRules.able(conditions) : fault;
    return able == null ? progressing("it does not scale yet") : able;
  }

  private static Ruling apiService(Look look) {
    return look.trueCondition("Available").isPresent()
        ? healthy()
        : progressing("its server does not answer yet");
  }

  private static Ruling workflow(Look look) {
    Ruling ruling = OtherRules.workflow(look);
    return ruling == null
        ? Ruling.of(Health.UNKNOWN, "UnknownPhase", "its phase is none of a workflow's")
        : ruling;
  }
}
