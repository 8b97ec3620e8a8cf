package io.kcp.upstream.testkit.apply;

import java.util.Map;

/** What random requests are about. */
enum Kind {
  WIDGET("Widget", "ex.io/v1", "widgets"),
  DEPLOYMENT("Deployment", "apps/v1", "deployments"),
  CONFIG_MAP("ConfigMap", "v1", "configmaps"),
  SECRET("Secret", "v1", "secrets"),
  SERVICE("Service", "v1", "services");

  private final String kind;
  private final String apiVersion;
  private final String plural;

  Kind(String kind, String apiVersion, String plural) {
    this.kind = kind;
    this.apiVersion = apiVersion;
    this.plural = plural;
  }

  String kindName() {
    return kind;
  }

  String apiVersion() {
    return apiVersion;
  }

  String collection(String namespace) {
    String root = apiVersion.contains("/") ? "/apis/" : "/api/";
    return root + apiVersion + "/namespaces/" + namespace + "/" + plural;
  }

  Map<String, Object> content(RandomWrites random) {
    return switch (this) {
      case WIDGET -> Map.of("spec", random.widgetSpec());
      case DEPLOYMENT -> Map.of("spec", random.deploymentSpec());
      case CONFIG_MAP -> random.configMap();
      case SECRET -> random.secret();
      case SERVICE -> Map.of("spec", random.serviceSpec());
    };
  }

  Map<String, Object> status(RandomWrites random) {
    return switch (this) {
      case DEPLOYMENT ->
          Yaml.object(
              "{replicas: %d, readyReplicas: %d, conditions: [{type: T%d, status: \"True\", lastUpdateTime: \"2026-01-01T00:00:00Z\", lastTransitionTime: \"2026-01-01T00:00:00Z\"}]}"
                  .formatted(random.below(3), random.below(2), random.below(2)));
      case SERVICE ->
          Yaml.object(
              "{conditions: [{type: T, status: \"True\", reason: R%d, message: m, lastTransitionTime: \"2026-01-01T00:00:00Z\"}]}"
                  .formatted(random.below(2)));
      default -> random.status();
    };
  }
}
