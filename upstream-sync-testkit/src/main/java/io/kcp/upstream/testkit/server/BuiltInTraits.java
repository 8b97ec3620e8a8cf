package io.kcp.upstream.testkit.server;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The traits of built-in resources, as observed on a kube-apiserver 1.36. */
final class BuiltInTraits {
  private static final Map<Trait, Set<String>> TRAITS =
      Map.of(
          Trait.GENERATION,
          Set.of(
              "pods",
              "podtemplates",
              "replicationcontrollers",
              "daemonsets.apps",
              "deployments.apps",
              "replicasets.apps",
              "statefulsets.apps",
              "cronjobs.batch",
              "jobs.batch",
              "ingressclasses.networking.k8s.io",
              "ingresses.networking.k8s.io",
              "networkpolicies.networking.k8s.io",
              "poddisruptionbudgets.policy",
              "mutatingadmissionpolicies.admissionregistration.k8s.io",
              "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
              "mutatingwebhookconfigurations.admissionregistration.k8s.io",
              "validatingadmissionpolicies.admissionregistration.k8s.io",
              "validatingadmissionpolicybindings.admissionregistration.k8s.io",
              "validatingwebhookconfigurations.admissionregistration.k8s.io",
              "customresourcedefinitions.apiextensions.k8s.io",
              "priorityclasses.scheduling.k8s.io",
              "endpointslices.discovery.k8s.io",
              "deviceclasses.resource.k8s.io",
              "resourceslices.resource.k8s.io",
              "flowschemas.flowcontrol.apiserver.k8s.io",
              "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io"),
          Trait.PUT_CREATES,
          Set.of(
              "endpoints",
              "events",
              "events.events.k8s.io",
              "limitranges",
              "services",
              "clusterrolebindings.rbac.authorization.k8s.io",
              "clusterroles.rbac.authorization.k8s.io",
              "rolebindings.rbac.authorization.k8s.io",
              "roles.rbac.authorization.k8s.io",
              "leases.coordination.k8s.io",
              "runtimeclasses.node.k8s.io"),
          Trait.NEEDS_VERSION,
          Set.of(
              "poddisruptionbudgets.policy",
              "csidrivers.storage.k8s.io",
              "csinodes.storage.k8s.io",
              "csistoragecapacities.storage.k8s.io",
              "volumeattachments.storage.k8s.io",
              "mutatingadmissionpolicies.admissionregistration.k8s.io",
              "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
              "mutatingwebhookconfigurations.admissionregistration.k8s.io",
              "validatingadmissionpolicies.admissionregistration.k8s.io",
              "validatingadmissionpolicybindings.admissionregistration.k8s.io",
              "validatingwebhookconfigurations.admissionregistration.k8s.io",
              "customresourcedefinitions.apiextensions.k8s.io",
              "leases.coordination.k8s.io",
              "runtimeclasses.node.k8s.io"),
          Trait.RETURNS_DELETED,
          Set.of(
              "namespaces",
              "persistentvolumeclaims",
              "persistentvolumes",
              "pods",
              "podtemplates",
              "resourcequotas",
              "serviceaccounts",
              "services",
              "csidrivers.storage.k8s.io",
              "csinodes.storage.k8s.io",
              "storageclasses.storage.k8s.io",
              "volumeattachments.storage.k8s.io",
              "volumeattributesclasses.storage.k8s.io",
              "deviceclasses.resource.k8s.io",
              "resourceclaims.resource.k8s.io",
              "resourceclaimtemplates.resource.k8s.io",
              "resourceslices.resource.k8s.io"),
          Trait.ORPHANS,
          Set.of("replicationcontrollers", "jobs.batch"));

  private static final Set<String> STATUS_LEAVES_METADATA =
      Set.of(
          "servicecidrs.networking.k8s.io",
          "volumeattachments.storage.k8s.io",
          "validatingadmissionpolicies.admissionregistration.k8s.io",
          "resourceclaims.resource.k8s.io",
          "flowschemas.flowcontrol.apiserver.k8s.io",
          "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io");

  private BuiltInTraits() {}

  static Set<Trait> of(ResourceName resource) {
    EnumSet<Trait> traits = EnumSet.noneOf(Trait.class);
    TRAITS.forEach(
        (trait, names) -> {
          if (names.contains(resource.qualified())) {
            traits.add(trait);
          }
        });
    if (!STATUS_LEAVES_METADATA.contains(resource.qualified())) {
      traits.add(Trait.STATUS_WRITES_METADATA);
    }
    return traits;
  }
}
