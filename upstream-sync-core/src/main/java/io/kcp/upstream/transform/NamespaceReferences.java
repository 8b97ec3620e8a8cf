package io.kcp.upstream.transform;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Map;

/** Fields of built-in kinds that name a namespace: they follow it where it is mapped. */
final class NamespaceReferences {
  private static final List<String> SUBJECTS = List.of("subjects[*].namespace");
  private static final List<String> WEBHOOKS =
      List.of("webhooks[*].clientConfig.service.namespace");
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "rolebindings.rbac.authorization.k8s.io", SUBJECTS,
          "clusterrolebindings.rbac.authorization.k8s.io", SUBJECTS,
          "validatingwebhookconfigurations.admissionregistration.k8s.io", WEBHOOKS,
          "mutatingwebhookconfigurations.admissionregistration.k8s.io", WEBHOOKS,
          "customresourcedefinitions.apiextensions.k8s.io",
              List.of("spec.conversion.webhook.clientConfig.service.namespace"),
          "apiservices.apiregistration.k8s.io", List.of("spec.service.namespace"),
          "persistentvolumes", List.of("spec.claimRef.namespace"),
          "endpoints",
              List.of(
                  "subsets[*].addresses[*].targetRef.namespace",
                  "subsets[*].notReadyAddresses[*].targetRef.namespace"),
          "endpointslices.discovery.k8s.io", List.of("endpoints[*].targetRef.namespace"));

  private NamespaceReferences() {}

  /** A namespace that has no place upstream keeps its name. */
  static ObjectTree map(ObjectTree object, GroupResource resource, NamespaceMapping namespaces) {
    ObjectTree mapped = object;
    for (String field : FIELDS.getOrDefault(resource.toString(), List.of())) {
      mapped = mapped.mapStrings(field, name -> namespaces.toUpstream(name).orElse(name));
    }
    return mapped;
  }
}
