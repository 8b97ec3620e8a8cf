package io.kcp.upstream.testkit.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the path of a resource request names.
 *
 * @param group "" for the core group
 * @param namespace "" when the path has none
 * @param resource the plural
 * @param name "" for a collection
 * @param subresource "" for the object itself; may hold slashes
 * @param watch whether it is one of the old paths with {@code /watch/} in it
 */
record RequestPath(
    String group,
    String version,
    String namespace,
    String resource,
    String name,
    String subresource,
    boolean watch) {
  private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");

  /** The parts of a path between its slashes, decoded; a namespace without a name is none. */
  static List<String> parts(String path) {
    return Stream.of(path.replace("/namespaces//", "/").split("/", -1))
        .filter(part -> !part.isEmpty())
        .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }

  /** The path of the collection that the object is in. */
  RequestPath ofCollection() {
    return new RequestPath(group, version, namespace, resource, "", "", watch);
  }

  /** Reads a path below {@code /api/v1} or {@code /apis/g/v}; null for any other. */
  static @Nullable RequestPath of(List<String> parts) {
    if (parts.size() > 2 && parts.get(0).equals("api")) {
      return of("", parts.get(1), parts.subList(2, parts.size()));
    }
    if (parts.size() > 3 && parts.get(0).equals("apis")) {
      return of(parts.get(1), parts.get(2), parts.subList(3, parts.size()));
    }
    return null;
  }

  private static RequestPath of(String group, String version, List<String> parts) {
    boolean watch = parts.get(0).equals("watch") && parts.size() > 1;
    List<String> rest = watch ? parts.subList(1, parts.size()) : parts;
    String namespace = "";
    if (rest.size() > 2
        && rest.get(0).equals("namespaces")
        && !(group.isEmpty() && rest.size() == 3 && NAMESPACE_SUBRESOURCES.contains(rest.get(2)))) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    String name = rest.size() > 1 ? rest.get(1) : "";
    String subresource = rest.size() > 2 ? String.join("/", rest.subList(2, rest.size())) : "";
    return new RequestPath(group, version, namespace, rest.get(0), name, subresource, watch);
  }
}
