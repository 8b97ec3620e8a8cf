package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes CRDs of what the physical cluster serves: of its own CRDs, or of its OpenAPI documents. */
final class Definitions {
  static final ResourceType CRDS =
      new ResourceType(
          GroupResource.parse("customresourcedefinitions.apiextensions.k8s.io"),
          "v1",
          "CustomResourceDefinition",
          false,
          java.util.Set.of(),
          java.util.Set.of("status"));

  /** Groups of Kubernetes itself are for those who have its maintainers' word, or say so. */
  private static final String APPROVED = "api-approved.kubernetes.io";

  private static final String APPROVAL = "https://github.com/kubernetes/kubernetes";

  private final ClusterEndpoint physical;

  Definitions(ClusterEndpoint physical) {
    this.physical = physical;
  }

  /** {@code widgets.example.com}; {@code pods.core} for the core group, as kcp has it. */
  static String name(GroupResource type) {
    return type.resource() + "." + (type.group().isEmpty() ? "core" : type.group());
  }

  /** Whether the type is one of a CRD in the physical cluster; read live. */
  Optional<ObjectTree> ownCrd(GroupResource type) throws InterruptedException {
    try {
      return Optional.of(physical.send(ApiRequest.get(CRDS.path("", name(type)))).object());
    } catch (RequestException e) {
      if (e.code() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Of a CRD what is said of the type, in a form that needs no webhook. */
  static ObjectTree copied(ObjectTree crd, ResourceType preferred) {
    ObjectTree spec = crd.tree("spec").orElseThrow();
    boolean converts = spec.string("conversion.strategy").orElse("None").equals("Webhook");
    List<Map<String, Object>> versions = new ArrayList<>();
    for (ObjectTree version : spec.items("versions")) {
      boolean isPreferred = version.string("name").orElse("").equals(preferred.version());
      if (version.isTrue("served") && (isPreferred || !converts)) {
        versions.add(new LinkedHashMap<>(version.asMap()));
      }
    }
    boolean stored =
        versions.stream().anyMatch(version -> Boolean.TRUE.equals(version.get("storage")));
    if (!stored) {
      versions.forEach(
          version -> version.put("storage", preferred.version().equals(version.get("name"))));
    }
    return definition(
        preferred.resource(),
        Map.of(
            "group", preferred.resource().group(),
            "scope", spec.string("scope").orElse("Namespaced"),
            "names", spec.tree("names").orElseThrow().asMap(),
            "versions", versions));
  }

  /** Empty where the physical cluster's OpenAPI documents have no such kind. */
  Optional<ObjectTree> ofBuiltIn(ResourceType type) throws InterruptedException {
    ObjectTree document =
        physical.send(ApiRequest.get("/openapi/v3" + type.groupVersionPath())).object();
    Optional<Map<String, Object>> schema = StructuralSchema.of(document, type);
    if (schema.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("name", type.version());
    version.put("served", true);
    version.put("storage", true);
    version.put("schema", Map.of("openAPIV3Schema", schema.get()));
    Map<String, Object> subresources = subresources(type, schema.get());
    if (!subresources.isEmpty()) {
      version.put("subresources", subresources);
    }
    return Optional.of(
        definition(
            type.resource(),
            Map.of(
                "group", type.resource().group(),
                "scope", type.namespaced() ? "Namespaced" : "Cluster",
                "names", names(type),
                "versions", List.of(version))));
  }

  private static Map<String, Object> subresources(ResourceType type, Map<String, Object> schema) {
    Map<String, Object> subresources = new LinkedHashMap<>();
    ObjectTree fields = ObjectTree.of(schema);
    if (type.hasStatus()) {
      subresources.put("status", Map.of());
    }
    if (type.subresources().contains("scale")
        && fields.tree("properties.spec.properties.replicas").isPresent()
        && fields.tree("properties.status.properties.replicas").isPresent()) {
      subresources.put(
          "scale",
          Map.of("specReplicasPath", ".spec.replicas", "statusReplicasPath", ".status.replicas"));
    }
    return subresources;
  }

  /** Short names and categories are in the plain discovery document alone. */
  private Map<String, Object> names(ResourceType type) throws InterruptedException {
    ObjectTree list = physical.send(ApiRequest.get(type.groupVersionPath())).object();
    Map<String, Object> names = new LinkedHashMap<>();
    names.put("plural", type.resource().resource());
    names.put("kind", type.kind());
    names.put("listKind", type.kind() + "List");
    for (ObjectTree entry : list.items("resources")) {
      if (entry.string("name").orElse("").equals(type.resource().resource())) {
        entry
            .string("singularName")
            .filter(s -> !s.isEmpty())
            .ifPresent(s -> names.put("singular", s));
        for (String many : List.of("shortNames", "categories")) {
          if (entry.asMap().get(many) instanceof List<?> all) {
            names.put(many, all);
          }
        }
      }
    }
    return names;
  }

  private static ObjectTree definition(GroupResource type, Map<String, Object> spec) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name(type));
    if (isOfKubernetes(type.group())) {
      metadata.put("annotations", Map.of(APPROVED, APPROVAL));
    }
    return ObjectTree.of(
        Map.of(
            "apiVersion",
            CRDS.apiVersion(),
            "kind",
            CRDS.kind(),
            "metadata",
            metadata,
            "spec",
            spec));
  }

  private static boolean isOfKubernetes(String group) {
    return !group.contains(".") || group.endsWith(".k8s.io") || group.endsWith(".kubernetes.io");
  }
}
