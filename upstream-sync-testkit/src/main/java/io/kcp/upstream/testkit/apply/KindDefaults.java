package io.kcp.upstream.testkit.apply;

import java.util.Map;
import java.util.function.Consumer;

/** The defaults of each kind that has some. */
final class KindDefaults {
  private static final Map<String, Consumer<Map<String, Object>>> FILLERS =
      Map.ofEntries(
          Map.entry("/Pod", PodDefaults::pod),
          Map.entry("/PodTemplate", PodDefaults::template),
          Map.entry("/ReplicationController", WorkloadDefaults::replicationController),
          Map.entry("apps/Deployment", WorkloadDefaults::deployment),
          Map.entry("apps/ReplicaSet", WorkloadDefaults::replicaSet),
          Map.entry("apps/StatefulSet", WorkloadDefaults::statefulSet),
          Map.entry("apps/DaemonSet", WorkloadDefaults::daemonSet),
          Map.entry("batch/Job", WorkloadDefaults::job),
          Map.entry("batch/CronJob", WorkloadDefaults::cronJob),
          Map.entry("autoscaling/HorizontalPodAutoscaler", WorkloadDefaults::autoscaler),
          Map.entry("/Service", NetworkDefaults::service),
          Map.entry("/Endpoints", NetworkDefaults::endpoints),
          Map.entry("discovery.k8s.io/EndpointSlice", NetworkDefaults::endpointSlice),
          Map.entry("networking.k8s.io/NetworkPolicy", NetworkDefaults::networkPolicy),
          Map.entry("networking.k8s.io/IngressClass", NetworkDefaults::ingressClass),
          Map.entry("/Secret", ConfigDefaults::secret),
          Map.entry("/Namespace", ConfigDefaults::namespace),
          Map.entry("/PersistentVolumeClaim", ConfigDefaults::volumeClaim),
          Map.entry("/PersistentVolume", ConfigDefaults::volume),
          Map.entry("storage.k8s.io/StorageClass", ConfigDefaults::storageClass),
          Map.entry("scheduling.k8s.io/PriorityClass", ConfigDefaults::priorityClass),
          Map.entry("rbac.authorization.k8s.io/RoleBinding", AccessDefaults::binding),
          Map.entry("rbac.authorization.k8s.io/ClusterRoleBinding", AccessDefaults::binding),
          Map.entry(
              "apiextensions.k8s.io/CustomResourceDefinition",
              AccessDefaults::customResourceDefinition),
          Map.entry(
              "admissionregistration.k8s.io/MutatingWebhookConfiguration",
              AccessDefaults::mutatingWebhooks),
          Map.entry(
              "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
              AccessDefaults::webhooks));

  private KindDefaults() {}

  /** Fills in an object in its normal form. */
  static void fill(String group, String kind, Map<String, Object> object) {
    FILLERS.getOrDefault(group + "/" + kind, none -> {}).accept(object);
  }
}
