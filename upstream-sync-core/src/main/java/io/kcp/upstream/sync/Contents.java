package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.discovery.Served;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ApiRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What would go with a Namespace or a CRD. Neither is deleted while a live listing shows anything
 * inside, be it somebody else's or a copy that has its own time to go.
 */
final class Contents {
  private static final GroupResource NAMESPACES = GroupResource.parse("namespaces");
  private static final GroupResource CRDS =
      GroupResource.parse("customresourcedefinitions.apiextensions.k8s.io");

  /** Made by the server itself in each namespace, or traces that nobody keeps. */
  private static final Set<GroupResource> TRACES =
      Set.of(GroupResource.parse("events"), GroupResource.parse("events.events.k8s.io"));

  private static final String FOREIGN = "ForeignContent";
  private static final int PAGE = 100;

  private final Clusters clusters;
  private final Mark mark;

  Contents(Clusters clusters, Mark mark) {
    this.clusters = clusters;
    this.mark = mark;
  }

  /** Whether that is about somebody else's objects, which no waiting of ours takes away. */
  static boolean isForeign(Finding objection) {
    return objection.reason().equals(FOREIGN);
  }

  /** Why the object must not be deleted now; empty where nothing speaks against it. */
  Optional<Finding> objection(ResourceType type, ObjectTree copy) throws InterruptedException {
    if (type.resource().equals(NAMESPACES)) {
      return inNamespace(copy.name());
    }
    return type.resource().equals(CRDS) ? ofDefinition(copy) : Optional.empty();
  }

  private Optional<Finding> inNamespace(String namespace) throws InterruptedException {
    Served served = clusters.workspaceDiscovery().refresh();
    for (GroupResource resource : served.resources()) {
      if (served.isStale(resource.group())) {
        return Optional.of(
            Finding.held(
                "ContentUnknown",
                "the workspace does not say now what it serves of group " + resource.group()));
      }
      ResourceType type = served.versions(resource).get(0);
      boolean listable = type.namespaced() && type.verbs().contains("list");
      Optional<Finding> found =
          listable && !TRACES.contains(resource)
              ? listed(type, type.path(namespace))
              : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Finding> ofDefinition(ObjectTree crd) throws InterruptedException {
    String group = crd.string("spec.group").orElse("");
    String plural = crd.string("spec.names.plural").orElse("");
    for (ObjectTree version : crd.items("spec.versions")) {
      if (version.isTrue("served")) {
        ResourceType type =
            new ResourceType(
                new GroupResource(group, plural),
                version.string("name").orElse(""),
                "",
                false,
                Set.of(),
                Set.of());
        return listed(type, type.path(""));
      }
    }
    return Optional.of(
        Finding.held("ContentUnknown", "no version of it is served: its objects can't be listed"));
  }

  /** Reads page by page until something is found that counts. */
  private Optional<Finding> listed(ResourceType type, String path) throws InterruptedException {
    String next = "";
    do {
      ApiRequest list = ApiRequest.get(path).with("limit", Integer.toString(PAGE));
      ObjectTree page =
          clusters.workspace().send(next.isEmpty() ? list : list.with("continue", next)).object();
      Optional<Finding> found = counting(type, page.items("items"));
      if (found.isPresent()) {
        return found;
      }
      next = page.string("metadata.continue").orElse("");
    } while (!next.isEmpty());
    return Optional.empty();
  }

  private Optional<Finding> counting(ResourceType type, List<ObjectTree> items) {
    return items.stream()
        .filter(item -> !isServersOwn(type.resource(), item.name()))
        .findFirst()
        .map(item -> finding(type, item));
  }

  private Finding finding(ResourceType type, ObjectTree item) {
    String what = type.resource() + " " + item.name();
    return mark.isOn(item)
        ? Finding.pending("StillFilled", "the copy %s is still in it".formatted(what))
        : Finding.held(FOREIGN, "%s is in it and is not ours".formatted(what));
  }

  private static boolean isServersOwn(GroupResource resource, String name) {
    return switch (resource.toString()) {
      case "configmaps" -> name.equals("kube-root-ca.crt");
      case "serviceaccounts" -> name.equals("default");
      default -> false;
    };
  }
}
