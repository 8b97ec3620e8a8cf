package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The paths that are no resources: version, health, discovery, OpenAPI. */
final class PlainPaths {
  private static final Set<String> CHECKS = Set.of("ping", "log", "etcd");

  private PlainPaths() {}

  /** Null when the path is that of a resource, or not known here. */
  static @Nullable Reply reply(
      Server server, LogicalCluster cluster, List<String> parts, HttpRequest request) {
    if (parts.isEmpty()) {
      return only(request, Reply.json(200, Map.of("paths", List.of("/api", "/apis", "/version"))));
    }
    return switch (parts.get(0)) {
      case "version" -> parts.size() == 1 ? only(request, Reply.json(200, version())) : null;
      case "livez", "readyz", "healthz" ->
          parts.size() == 1 || CHECKS.contains(parts.get(1))
              ? only(request, Reply.text(200, "ok"))
              : null;
      case "openapi" -> OpenApi.reply(cluster, parts, request);
      case "api" ->
          switch (parts.size()) {
            case 1 -> only(request, discovery(server, cluster, request, true));
            case 2 -> only(request, resources(cluster, "", parts.get(1)));
            default -> null;
          };
      case "apis" ->
          switch (parts.size()) {
            case 1 -> only(request, discovery(server, cluster, request, false));
            case 2 -> only(request, group(cluster, parts.get(1)));
            case 3 -> only(request, resources(cluster, parts.get(1), parts.get(2)));
            default -> null;
          };
      default -> null;
    };
  }

  private static Reply only(HttpRequest request, Reply reply) {
    if (!request.method().equals("GET")) {
      throw ApiException.methodNotAllowed();
    }
    return reply;
  }

  static Map<String, Object> version() {
    Map<String, Object> version = new LinkedHashMap<>();
    version.put("major", "1");
    version.put("minor", "36");
    version.put("emulationMajor", "1");
    version.put("emulationMinor", "36");
    version.put("minCompatibilityMajor", "1");
    version.put("minCompatibilityMinor", "35");
    version.put("gitVersion", "v1.36.0+in-memory");
    version.put("gitCommit", "");
    version.put("gitTreeState", "");
    version.put("buildDate", "1970-01-01T00:00:00Z");
    version.put("goVersion", "");
    version.put("compiler", "");
    version.put("platform", "linux/amd64");
    return version;
  }

  private static Reply discovery(
      Server server, LogicalCluster cluster, HttpRequest request, boolean core) {
    Accept accept =
        Accept.of(
            request.headers().getOrDefault("accept", ""),
            offer -> !server.kcp() && AggregatedDiscovery.isOffered(offer));
    if (!accept.as().isEmpty()) {
      String known = request.headers().getOrDefault("if-none-match", "");
      return AggregatedDiscovery.reply(cluster.registry(), core, accept, known);
    }
    return Reply.of(
        200,
        accept,
        core ? LegacyDiscovery.core() : new LegacyDiscovery(cluster.registry()).groups());
  }

  private static Reply group(LogicalCluster cluster, String group) {
    if (group.isEmpty() || !cluster.registry().hasGroup(group)) {
      throw ApiException.pageNotFound();
    }
    return Reply.json(200, new LegacyDiscovery(cluster.registry()).group(group));
  }

  private static Reply resources(LogicalCluster cluster, String group, String version) {
    if (!cluster.registry().hasGroupVersion(group, version)) {
      throw cluster.registry().hasBuiltInGroup(group)
          ? ApiException.noSuchResource()
          : ApiException.pageNotFound();
    }
    return Reply.json(200, new LegacyDiscovery(cluster.registry()).resources(group, version));
  }
}
