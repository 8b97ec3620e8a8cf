package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The resources that a server has without any CRD, read from a real server's discovery. */
final class BuiltInResources {
  /** What a kcp workspace has of them; of the core group only {@link #KCP_CORE}. */
  private static final Set<String> KCP_GROUPS =
      Set.of(
          "rbac.authorization.k8s.io",
          "coordination.k8s.io",
          "events.k8s.io",
          "apiextensions.k8s.io",
          "authorization.k8s.io",
          "authentication.k8s.io",
          "admissionregistration.k8s.io");

  private static final Set<String> KCP_CORE =
      Set.of("configmaps", "events", "namespaces", "resourcequotas", "secrets", "serviceaccounts");

  /** What a workspace has when the workload APIs are bound into it. */
  private static final Set<String> WORKLOAD_GROUPS =
      Set.of("apps", "autoscaling", "batch", "networking.k8s.io", "policy");

  private static final Set<String> WORKLOAD_CORE =
      Set.of("endpoints", "limitranges", "persistentvolumeclaims", "pods", "services");

  private static final List<Resource> ALL = read();

  private BuiltInResources() {}

  static List<Resource> ofKubernetes() {
    return ALL;
  }

  static List<Resource> ofKcp() {
    return ALL.stream().filter(resource -> isOf(resource, KCP_GROUPS, KCP_CORE)).toList();
  }

  /** Those of a workspace, and Deployments, Pods, Services and the like. */
  static List<Resource> ofKcpWithWorkloads() {
    List<Resource> all = new ArrayList<>(ofKcp());
    ALL.stream()
        .filter(resource -> isOf(resource, WORKLOAD_GROUPS, WORKLOAD_CORE))
        .forEach(all::add);
    return all;
  }

  private static boolean isOf(Resource resource, Set<String> groups, Set<String> core) {
    return resource.group().isEmpty()
        ? core.contains(resource.id().name())
        : groups.contains(resource.group());
  }

  private static List<Resource> read() {
    Map<ResourceName, Resource> all = new LinkedHashMap<>();
    for (String file : List.of("discovery-api.json", "discovery-apis.json")) {
      for (Map<String, Object> group : Tree.maps(Json.resource(file), "items")) {
        String name = Tree.string(group, "metadata", "name");
        for (Map<String, Object> version : Tree.maps(group, "versions")) {
          for (Map<String, Object> entry : Tree.maps(version, "resources")) {
            Resource resource = resource(name, Tree.string(version, "version"), entry);
            all.merge(resource.id(), resource, BuiltInResources::withBothVersions);
          }
        }
      }
    }
    return List.copyOf(all.values());
  }

  private static Resource withBothVersions(Resource a, Resource b) {
    List<Version> versions = new ArrayList<>(a.versions());
    b.versions().forEach(version -> versions.add(withoutStorage(version)));
    return new Resource(
        a.id(),
        a.singular(),
        a.kind(),
        a.listKind(),
        a.namespaced(),
        a.shortNames(),
        a.categories(),
        a.traits(),
        List.copyOf(versions));
  }

  private static Version withoutStorage(Version version) {
    return new Version(
        version.name(),
        version.served(),
        false,
        version.schema(),
        version.crdSchema(),
        version.verbs(),
        version.subresources(),
        version.crd());
  }

  private static Resource resource(String group, String version, Map<String, Object> entry) {
    ResourceName id = new ResourceName(group, Tree.string(entry, "resource"));
    String kind = Tree.string(entry, "responseKind", "kind");
    List<Subresource> subresources =
        Tree.maps(entry, "subresources").stream().map(BuiltInResources::subresource).toList();
    return new Resource(
        id,
        Tree.string(entry, "singularResource"),
        kind,
        kind + "List",
        Tree.string(entry, "scope").equals("Namespaced"),
        Tree.strings(entry, "shortNames"),
        Tree.strings(entry, "categories"),
        BuiltInTraits.of(id),
        List.of(
            new Version(
                version,
                true,
                true,
                Schemas.builtIn(group, version, kind),
                null,
                Tree.strings(entry, "verbs"),
                subresources,
                Map.of())));
  }

  private static Subresource subresource(Map<String, Object> entry) {
    return new Subresource(
        Tree.string(entry, "subresource"),
        Tree.string(entry, "responseKind", "group"),
        Tree.string(entry, "responseKind", "version"),
        Tree.string(entry, "responseKind", "kind"),
        Tree.strings(entry, "verbs"));
  }
}
