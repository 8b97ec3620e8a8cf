package io.kcp.upstream.testkit.apply;

import java.util.LinkedHashMap;
import java.util.Map;

/** The defaults of the kinds that run pods. */
final class WorkloadDefaults {
  private WorkloadDefaults() {}

  static void deployment(Map<String, Object> deployment) {
    Map<String, Object> spec = Defaults.make(deployment, "spec");
    Defaults.set(spec, "replicas", 1L);
    Defaults.set(spec, "revisionHistoryLimit", 10L);
    Defaults.set(spec, "progressDeadlineSeconds", 600L);
    Map<String, Object> strategy = Defaults.make(spec, "strategy");
    Defaults.set(strategy, "type", "RollingUpdate");
    if ("RollingUpdate".equals(strategy.get("type"))) {
      Map<String, Object> rolling = Defaults.make(strategy, "rollingUpdate");
      Defaults.set(rolling, "maxUnavailable", "25%");
      Defaults.set(rolling, "maxSurge", "25%");
    }
    PodDefaults.template(spec);
  }

  static void replicaSet(Map<String, Object> replicaSet) {
    Map<String, Object> spec = Defaults.make(replicaSet, "spec");
    Defaults.set(spec, "replicas", 1L);
    PodDefaults.template(spec);
  }

  static void replicationController(Map<String, Object> controller) {
    Map<String, Object> spec = Defaults.make(controller, "spec");
    Defaults.set(spec, "replicas", 1L);
    Map<String, Object> labels =
        Json.map(Json.map(Json.map(spec.get("template")).get("metadata")).get("labels"));
    if (!labels.isEmpty()) {
      Defaults.set(spec, "selector", Json.copy(labels));
      Map<String, Object> metadata = Defaults.make(controller, "metadata");
      Defaults.set(metadata, "labels", Json.copy(labels));
    }
    PodDefaults.template(spec);
  }

  static void statefulSet(Map<String, Object> statefulSet) {
    Map<String, Object> spec = Defaults.make(statefulSet, "spec");
    Defaults.set(spec, "replicas", 1L);
    Defaults.set(spec, "revisionHistoryLimit", 10L);
    Defaults.set(spec, "podManagementPolicy", "OrderedReady");
    Map<String, Object> strategy = Defaults.make(spec, "updateStrategy");
    Defaults.set(strategy, "type", "RollingUpdate");
    if ("RollingUpdate".equals(strategy.get("type"))) {
      Defaults.set(Defaults.make(strategy, "rollingUpdate"), "partition", 0L);
    }
    Map<String, Object> retention = Defaults.make(spec, "persistentVolumeClaimRetentionPolicy");
    Defaults.set(retention, "whenDeleted", "Retain");
    Defaults.set(retention, "whenScaled", "Retain");
    Defaults.each(
        spec,
        "volumeClaimTemplates",
        claim -> {
          claim.put("apiVersion", "v1");
          claim.put("kind", "PersistentVolumeClaim");
          ConfigDefaults.volumeClaim(claim);
        });
    PodDefaults.template(spec);
  }

  static void daemonSet(Map<String, Object> daemonSet) {
    Map<String, Object> annotations =
        Defaults.make(Defaults.make(daemonSet, "metadata"), "annotations");
    Defaults.set(annotations, "deprecated.daemonset.template.generation", "1");
    Map<String, Object> spec = Defaults.make(daemonSet, "spec");
    Defaults.set(spec, "revisionHistoryLimit", 10L);
    Map<String, Object> strategy = Defaults.make(spec, "updateStrategy");
    Defaults.set(strategy, "type", "RollingUpdate");
    if ("RollingUpdate".equals(strategy.get("type"))) {
      Map<String, Object> rolling = Defaults.make(strategy, "rollingUpdate");
      Defaults.set(rolling, "maxUnavailable", 1L);
      Defaults.set(rolling, "maxSurge", 0L);
    }
    PodDefaults.template(spec);
  }

  static void job(Map<String, Object> job) {
    Map<String, Object> spec = Defaults.make(job, "spec");
    if (spec.get("completions") == null && spec.get("parallelism") == null) {
      spec.put("completions", 1L);
    }
    Defaults.set(spec, "parallelism", 1L);
    Defaults.set(spec, "completionMode", "NonIndexed");
    Defaults.set(spec, "manualSelector", false);
    Defaults.set(spec, "suspend", false);
    Defaults.set(spec, "podReplacementPolicy", podReplacement(spec));
    Defaults.set(
        spec,
        "backoffLimit",
        spec.get("backoffLimitPerIndex") == null ? 6L : (long) Integer.MAX_VALUE);
    Defaults.within(
        spec,
        "podFailurePolicy",
        policy ->
            Defaults.each(
                policy,
                "rules",
                rule ->
                    Defaults.each(
                        rule,
                        "onPodConditions",
                        condition -> Defaults.set(condition, "status", "True"))));
    PodDefaults.template(spec);
  }

  private static String podReplacement(Map<String, Object> spec) {
    return spec.get("podFailurePolicy") == null ? "TerminatingOrFailed" : "Failed";
  }

  static void cronJob(Map<String, Object> cronJob) {
    Map<String, Object> spec = Defaults.make(cronJob, "spec");
    Defaults.set(spec, "concurrencyPolicy", "Allow");
    Defaults.set(spec, "suspend", false);
    Defaults.set(spec, "successfulJobsHistoryLimit", 3L);
    Defaults.set(spec, "failedJobsHistoryLimit", 1L);
    Defaults.within(
        spec, "jobTemplate", template -> PodDefaults.template(Defaults.make(template, "spec")));
  }

  static void autoscaler(Map<String, Object> autoscaler) {
    Map<String, Object> spec = Defaults.make(autoscaler, "spec");
    Defaults.set(spec, "minReplicas", 1L);
    if (!Json.string(autoscaler, "apiVersion").equals("autoscaling/v2")) {
      return;
    }
    if (Json.list(spec.get("metrics")).isEmpty()) {
      Map<String, Object> target = new LinkedHashMap<>();
      target.put("type", "Utilization");
      target.put("averageUtilization", 80L);
      Map<String, Object> resource = new LinkedHashMap<>(Map.of("name", "cpu", "target", target));
      Defaults.setList(
          spec, "metrics", new LinkedHashMap<>(Map.of("type", "Resource", "resource", resource)));
    }
    Defaults.within(spec, "behavior", WorkloadDefaults::behaviour);
  }

  private static void behaviour(Map<String, Object> behaviour) {
    Map<String, Object> up = Defaults.make(behaviour, "scaleUp");
    Defaults.set(up, "stabilizationWindowSeconds", 0L);
    Defaults.set(up, "selectPolicy", "Max");
    Defaults.setList(up, "policies", policy("Pods", 4), policy("Percent", 100));
    Map<String, Object> down = Defaults.make(behaviour, "scaleDown");
    Defaults.set(down, "selectPolicy", "Max");
    Defaults.setList(down, "policies", policy("Percent", 100));
  }

  private static Map<String, Object> policy(String type, long value) {
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("type", type);
    policy.put("value", value);
    policy.put("periodSeconds", 15L);
    return policy;
  }
}
