package io.kcp.upstream.trouble;

import io.kcp.upstream.CrdText;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The kinds of objects that a story is about: how they are written, and what of them is pulled. */
enum Kind {
  CONFIG_MAP("configmaps", true, "/api/v1", "v1", "ConfigMap", "data.n", "drift"),
  SECRET("secrets", true, "/api/v1", "v1", "Secret", "data.n", "ZHJpZnQ="),
  SERVICE("services", true, "/api/v1", "v1", "Service", "spec.selector.app", "drift"),
  DEPLOYMENT(
      "deployments.apps", true, "/apis/apps/v1", "apps/v1", "Deployment", "spec.replicas", "77"),
  WIDGET(
      "widgets.trouble.example.com",
      true,
      "/apis/trouble.example.com/v1",
      "trouble.example.com/v1",
      "Widget",
      "spec.size",
      "77"),
  CLUSTER_ROLE(
      "clusterroles.rbac.authorization.k8s.io",
      false,
      "/apis/rbac.authorization.k8s.io/v1",
      "rbac.authorization.k8s.io/v1",
      "ClusterRole",
      "metadata.annotations.note",
      "drift"),
  NAMESPACE(
      "namespaces", false, "/api/v1", "v1", "Namespace", "metadata.annotations.note", "drift");

  static final String CRDS = "customresourcedefinitions.apiextensions.k8s.io";
  private static final String WIDGETS_TYPE =
      CrdText.of("widgets.trouble.example.com", "Widget")
          .withStatus()
          .schema(
              """
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    size: {type: integer, default: 1}
                    free: {type: object, additionalProperties: {type: string}}
                    parts:
                      type: array
                      x-kubernetes-list-type: map
                      x-kubernetes-list-map-keys: [name]
                      items:
                        type: object
                        required: [name]
                        properties: {name: {type: string}, weight: {type: integer}}
                status:
                  type: object
                  properties: {phase: {type: string}}
              """)
          .yaml();

  final String resource;
  final boolean namespaced;
  final String driftPath;
  private final String driftValue;
  private final String root;
  private final String apiVersion;
  private final String kind;

  Kind(
      String resource,
      boolean namespaced,
      String root,
      String apiVersion,
      String kind,
      String driftPath,
      String driftValue) {
    this.resource = resource;
    this.namespaced = namespaced;
    this.root = root;
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.driftPath = driftPath;
    this.driftValue = driftValue;
  }

  /** What a tenant may write over a field of ours. */
  Object driftValue() {
    return driftValue.equals("77") ? (Object) 77L : driftValue;
  }

  GroupResource groupResource() {
    return GroupResource.parse(resource);
  }

  String listPath() {
    return root + "/" + groupResource().resource();
  }

  boolean hasStatus() {
    return this == DEPLOYMENT || this == WIDGET;
  }

  /**
   * Whether some field can't be changed in place, so that {@link #yaml} with another odd is new.
   */
  boolean hasImmutableField() {
    return this == SECRET || this == DEPLOYMENT;
  }

  /**
   * An object of this kind.
   *
   * @param n decides its content
   * @param odd decides what can't be changed in place
   */
  String yaml(Place key, Map<String, String> labels, int n, boolean odd) {
    return yaml(key, labels, n, odd, "");
  }

  /** Like the other, with more lines in its metadata. */
  String yaml(Place key, Map<String, String> labels, int n, boolean odd, String more) {
    String place = namespaced ? "\n  namespace: " + key.namespace() : "";
    StringBuilder text =
        new StringBuilder(
            "apiVersion: %s\nkind: %s\nmetadata:\n  name: %s%s\n"
                .formatted(apiVersion, kind, key.name(), place));
    text.append("  annotations: {note: \"%d\"}\n  labels:\n".formatted(n));
    new TreeMap<>(labels)
        .forEach((name, value) -> text.append("    %s: \"%s\"\n".formatted(name, value)));
    return text + more + body(n, odd);
  }

  private String body(int n, boolean odd) {
    String more = n % 2 == 0 ? "" : ", more: \"b%d\"".formatted(n);
    return switch (this) {
      case CONFIG_MAP -> "data: {n: \"a%d\"%s}\n".formatted(n, more);
      case SECRET ->
          "type: %s\nstringData: {n: \"a%d\"%s}\n"
              .formatted(odd ? "example.com/odd" : "Opaque", n, more);
      case SERVICE ->
          """
          spec:
            selector: {app: "a%d"}
            ports:
            - {name: one, port: %d}
          %s"""
              .formatted(n, 80 + n, n % 2 == 0 ? "" : "  - {name: two, port: 53, protocol: UDP}\n");
      case DEPLOYMENT -> deployment(n, odd ? "odd" : "even");
      case WIDGET ->
          "spec: {size: %d, free: {a: \"%d\"}, parts: [{name: p%d, weight: 1}, {name: z}]}\n"
              .formatted(n, n, n % 3);
      case CLUSTER_ROLE ->
          "rules: [{apiGroups: [\"\"], resources: [pods], verbs: [get, v%d]}]\n".formatted(n);
      case NAMESPACE -> "";
    };
  }

  private static String deployment(int n, String app) {
    return """
        spec:
          replicas: %d
          selector: {matchLabels: {app: %s}}
          template:
            metadata: {labels: {app: %s}}
            spec:
              containers:
              - name: main
                image: img:%d
                resources: {limits: {cpu: %d000m, memory: 1024Mi}}
                ports: [{containerPort: 80}]
                env: [{name: A, value: "%d"}%s]
        """
        .formatted(
            n,
            app,
            app,
            n,
            1 + n % 3,
            n,
            n % 2 == 0 ? "" : ", {name: B, value: \"%d\"}".formatted(n));
  }

  /** Has the type of widgets served; returns when it is. */
  static void install(TestCluster cluster) {
    cluster.as("installer").apply(WIDGETS_TYPE);
    cluster.await(
        CRDS,
        "",
        WIDGET.resource,
        crd ->
            crd.string("status.conditions[type=\"Established\"].status")
                .filter("True"::equals)
                .isPresent());
  }

  /** Takes the type of widgets away with all that there are; returns whether it was there. */
  static boolean uninstall(TestCluster cluster) {
    if (cluster.find(CRDS, "", WIDGET.resource).isEmpty()) {
      return false;
    }
    cluster.as("installer").delete(CRDS, "", WIDGET.resource);
    cluster.awaitGone(CRDS, "", WIDGET.resource);
    return true;
  }

  /** A reference to that ConfigMap as the owner of an object beside it. */
  static String ownedBy(ObjectTree configMap) {
    return "  ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: %s, uid: %s}]\n"
        .formatted(configMap.name(), configMap.string("metadata.uid").orElseThrow());
  }

  /** What of an object has to be the same on both sides. */
  Map<String, Object> content(ObjectTree object) {
    List<String> paths =
        switch (this) {
          case CONFIG_MAP, SECRET -> List.of("type", "data.n", "data.more");
          case SERVICE -> List.of("spec.ports", "spec.selector");
          case DEPLOYMENT -> List.of("spec", "status.readyReplicas");
          case WIDGET -> List.of("spec", "status.phase");
          case CLUSTER_ROLE -> List.of("rules");
          case NAMESPACE -> List.of();
        };
    Map<String, Object> content = new TreeMap<>();
    paths.forEach(path -> value(object, path).ifPresent(value -> content.put(path, value)));
    content.put("note", object.annotations().getOrDefault("note", ""));
    return content;
  }

  private static Optional<Object> value(ObjectTree object, String path) {
    return object.get(FieldPath.parse(path)).map(Kind::withoutNodePorts);
  }

  /** Which each cluster gives out by itself. */
  private static Object withoutNodePorts(Object value) {
    if (!(value instanceof List<?> items)) {
      return value;
    }
    List<Object> rest = new ArrayList<>();
    for (Object item : items) {
      rest.add(item instanceof Map<?, ?> map ? without(map, "nodePort") : item);
    }
    return rest;
  }

  private static Map<Object, Object> without(Map<?, ?> map, String key) {
    Map<Object, Object> rest = new TreeMap<>(map);
    rest.remove(key);
    return rest;
  }
}
