package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a surface serves, asked anew each time: a CRD may have come or gone. */
final class ServedTypes {
  private final DirectClient direct;

  ServedTypes(DirectClient direct) {
    this.direct = direct;
  }

  /** A resource in one version. */
  record Served(
      String groupVersion, String kind, String plural, boolean namespaced, boolean hasStatus) {
    /** A list's item, which need not say what it is, made to say it. */
    ObjectTree named(ObjectTree item) {
      return item.with("apiVersion", groupVersion).with("kind", kind);
    }

    String collection(String namespace) {
      String root = groupVersion.contains("/") ? "/apis/" : "/api/";
      String place = namespace.isEmpty() ? "" : "/namespaces/" + encode(namespace);
      return root + groupVersion + place + "/" + plural;
    }

    String path(String namespace, String name) {
      return collection(namespace) + "/" + encode(name);
    }

    private static String encode(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
  }

  /**
   * The resource in the version that the server prefers; empty when it is not served.
   *
   * @param text as {@code deployments.apps}
   */
  Optional<Served> find(String text) {
    GroupResource wanted = GroupResource.parse(text);
    return versions(wanted.group()).stream()
        .flatMap(version -> in(version, plural(wanted.resource())).stream())
        .findFirst();
  }

  /** The resource of a kind; empty when it is not served. */
  Optional<Served> ofKind(String apiVersion, String kind) {
    return in(
        apiVersion,
        resource ->
            resource.string("kind").equals(Optional.of(kind))
                && !resource.string("name").orElse("").contains("/"));
  }

  private static Predicate<ObjectTree> plural(String name) {
    return resource -> resource.string("name").equals(Optional.of(name));
  }

  private List<String> versions(String group) {
    if (group.isEmpty()) {
      return List.of("v1");
    }
    List<String> versions = new ArrayList<>();
    direct
        .read("/apis/" + group)
        .ifPresent(
            served -> {
              served.string("preferredVersion.groupVersion").ifPresent(versions::add);
              served
                  .items("versions")
                  .forEach(version -> version.string("groupVersion").ifPresent(versions::add));
            });
    return versions;
  }

  private Optional<Served> in(String groupVersion, Predicate<ObjectTree> wanted) {
    String root = groupVersion.contains("/") ? "/apis/" : "/api/";
    List<ObjectTree> resources =
        direct.read(root + groupVersion).map(list -> list.items("resources")).orElse(List.of());
    return resources.stream()
        .filter(wanted)
        .findFirst()
        .map(resource -> type(groupVersion, resource, resources));
  }

  private static Served type(String groupVersion, ObjectTree resource, List<ObjectTree> all) {
    String plural = resource.string("name").orElse("");
    boolean hasStatus = all.stream().anyMatch(plural(plural + "/status"));
    String kind = resource.string("kind").orElse("");
    return new Served(groupVersion, kind, plural, resource.isTrue("namespaced"), hasStatus);
  }
}
