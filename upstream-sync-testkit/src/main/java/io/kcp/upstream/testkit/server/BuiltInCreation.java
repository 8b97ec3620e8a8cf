package io.kcp.upstream.testkit.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server adds to new objects of built-in kinds, beside defaults. */
final class BuiltInCreation {
  /** The status of new objects, of those that have more than none. */
  private static final Map<String, Map<String, Object>> STATUS =
      Map.ofEntries(
          Map.entry("namespaces", Map.of("phase", "Active")),
          Map.entry("persistentvolumeclaims", Map.of("phase", "Pending")),
          Map.entry("persistentvolumes", Map.of("phase", "Pending")),
          Map.entry("replicationcontrollers", Map.of("replicas", 0L)),
          Map.entry("resourcequotas", Map.of()),
          Map.entry("services", Map.of("loadBalancer", Map.of())),
          Map.entry(
              "daemonsets.apps",
              Map.of(
                  "currentNumberScheduled", 0L,
                  "numberMisscheduled", 0L,
                  "desiredNumberScheduled", 0L,
                  "numberReady", 0L)),
          Map.entry("deployments.apps", Map.of()),
          Map.entry("replicasets.apps", Map.of("replicas", 0L)),
          Map.entry("statefulsets.apps", Map.of("replicas", 0L, "availableReplicas", 0L)),
          Map.entry("horizontalpodautoscalers.autoscaling", Map.of("desiredReplicas", 0L)),
          Map.entry("cronjobs.batch", Map.of()),
          Map.entry("jobs.batch", Map.of()),
          Map.entry("ingresses.networking.k8s.io", Map.of("loadBalancer", Map.of())),
          Map.entry("servicecidrs.networking.k8s.io", Map.of()),
          Map.entry(
              "poddisruptionbudgets.policy",
              Map.of(
                  "disruptionsAllowed", 0L,
                  "currentHealthy", 0L,
                  "desiredHealthy", 0L,
                  "expectedPods", 0L)),
          Map.entry("volumeattachments.storage.k8s.io", Map.of("attached", false)),
          Map.entry("validatingadmissionpolicies.admissionregistration.k8s.io", Map.of()),
          Map.entry("resourceclaims.resource.k8s.io", Map.of()),
          Map.entry("flowschemas.flowcontrol.apiserver.k8s.io", Map.of()),
          Map.entry("prioritylevelconfigurations.flowcontrol.apiserver.k8s.io", Map.of()),
          Map.entry("certificatesigningrequests.certificates.k8s.io", Map.of()));

  private BuiltInCreation() {}

  static Map<String, Object> fill(Call call, Map<String, Object> object) {
    String resource = call.resource().id().qualified();
    Map<String, Object> filled = Tree.with(object, STATUS.get(resource), "status");
    filled = StorageProtection.protect(call.resource().id(), filled);
    return switch (resource) {
      case "namespaces" -> namespace(filled);
      case "pods" -> PodAdmission.admitted(filled);
      case "persistentvolumes" ->
          Tree.with(filled, call.server().now(), "status", "lastPhaseTransitionTime");
      case "services" -> // one that its status creates gets no address
          call.isStatus() ? filled : ServiceAllocation.fill(call, null, filled);
      case "jobs.batch" -> job(filled);
      case "daemonsets.apps" ->
          Tree.with(
              filled, "1", "metadata", "annotations", "deprecated.daemonset.template.generation");
      case "customresourcedefinitions.apiextensions.k8s.io" -> CrdStatus.ofNew(filled);
      default -> filled;
    };
  }

  private static Map<String, Object> namespace(Map<String, Object> object) {
    Map<String, Object> labelled =
        Tree.with(object, Meta.name(object), "metadata", "labels", "kubernetes.io/metadata.name");
    return Tree.with(labelled, List.of("kubernetes"), "spec", "finalizers");
  }

  private static Map<String, Object> job(Map<String, Object> object) {
    if (Tree.isTrue(object, "spec", "manualSelector")) {
      return object;
    }
    Map<String, Object> labels =
        new LinkedHashMap<>(Tree.map(object, "spec", "template", "metadata", "labels"));
    labels.put("batch.kubernetes.io/controller-uid", Meta.uid(object));
    labels.put("batch.kubernetes.io/job-name", Meta.name(object));
    labels.put("controller-uid", Meta.uid(object));
    labels.put("job-name", Meta.name(object));
    Map<String, Object> selector =
        Map.of("matchLabels", Map.of("batch.kubernetes.io/controller-uid", Meta.uid(object)));
    Map<String, Object> filled =
        Tree.with(object, labels, "spec", "template", "metadata", "labels");
    filled = Tree.with(filled, selector, "spec", "selector");
    return Meta.labels(object).isEmpty() ? Tree.with(filled, labels, "metadata", "labels") : filled;
  }
}
