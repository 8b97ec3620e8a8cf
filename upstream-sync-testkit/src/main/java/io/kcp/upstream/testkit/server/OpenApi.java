package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /openapi/v3}: the schemas of custom resources as their CRDs have them, those of
 * built-in kinds without descriptions. Version 2 is not there.
 */
final class OpenApi {
  private static final String ROOT = "/openapi/v3";

  private OpenApi() {}

  static @Nullable Reply reply(LogicalCluster cluster, List<String> parts, HttpRequest request) {
    if (parts.size() < 2 || !parts.get(1).equals("v3")) {
      return null;
    }
    if (!request.method().equals("GET")) {
      throw ApiException.methodNotAllowed();
    }
    if (parts.size() == 2) {
      String base = request.path().substring(0, request.path().indexOf(ROOT));
      return Reply.json(200, index(cluster, base));
    }
    String path = String.join("/", parts.subList(2, parts.size()));
    return cluster.registry().groups().entrySet().stream()
        .flatMap(
            group ->
                group.getValue().stream()
                    .filter(version -> path(group.getKey(), version).equals(path))
                    .map(version -> document(cluster, group.getKey(), version)))
        .findAny()
        .map(document -> Reply.json(200, document))
        .orElseThrow(ApiException::pageNotFound);
  }

  private static String path(String group, String version) {
    return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
  }

  private static Map<String, Object> index(LogicalCluster cluster, String base) {
    Map<String, Object> paths = new LinkedHashMap<>();
    cluster
        .registry()
        .groups()
        .forEach(
            (group, versions) -> {
              for (String version : versions) {
                String path = path(group, version);
                byte[] document = Json.bytes(document(cluster, group, version));
                String url =
                    "%s%s/%s?hash=%s"
                        .formatted(base, ROOT, path, AggregatedDiscovery.hash(document));
                paths.put(path, Map.of("serverRelativeURL", url));
              }
            });
    return Map.of("paths", paths);
  }

  private static Map<String, Object> document(
      LogicalCluster cluster, String group, String version) {
    Map<String, Object> paths = new LinkedHashMap<>();
    Map<String, Object> schemas = new LinkedHashMap<>();
    for (Resource resource : cluster.registry().in(group, version)) {
      Version served = resource.served(version);
      if (served != null && served.verbs().contains("list")) {
        OpenApiResource described = new OpenApiResource(resource, served, schemas);
        described.addPaths(paths);
        described.addSchemas(schemas);
      }
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.0.0");
    document.put("info", Map.of("title", "Kubernetes", "version", "v1.36.0"));
    document.put("paths", paths);
    document.put("components", Map.of("schemas", schemas));
    return document;
  }

  /** The parameters that writes have. */
  static List<Map<String, Object>> parameters(String... names) {
    List<Map<String, Object>> parameters = new ArrayList<>();
    for (String name : names) {
      Map<String, Object> parameter = new LinkedHashMap<>();
      parameter.put("name", name);
      parameter.put("in", "query");
      parameter.put("schema", Map.of("type", name.equals("force") ? "boolean" : "string"));
      parameters.add(parameter);
    }
    return parameters;
  }
}
