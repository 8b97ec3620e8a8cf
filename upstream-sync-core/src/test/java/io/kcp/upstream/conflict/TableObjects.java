package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.transform.Objects;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import io.kcp.upstream.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects of the table's cases in one cluster, written by hand there. */
final class TableObjects {
  static final String NS = "table";

  private static final Map<String, String> PATHS =
      Map.of(
          "widgets",
          "/apis/example.com/v1/namespaces/table/widgets",
          "untyped",
          "/apis/example.com/v1/namespaces/table/widgets",
          "configmaps",
          "/api/v1/namespaces/table/configmaps",
          "deployments.apps",
          "/apis/apps/v1/namespaces/table/deployments");

  private static final Map<String, ObjectTree> EMPTY =
      Map.of(
          "widgets",
          Objects.yaml(
              """
              apiVersion: example.com/v1
              kind: Widget
              metadata: {namespace: table}
              spec: {other: 0, parts: [{name: fix}]}
              """),
          "untyped",
          Objects.yaml("{apiVersion: example.com/v1, kind: Widget, metadata: {namespace: table}}"),
          "configmaps",
          Objects.yaml(
              "{apiVersion: v1, kind: ConfigMap, metadata: {namespace: table}, data: {o: '0'}}"),
          "deployments.apps",
          Objects.yaml(
              """
              apiVersion: apps/v1
              kind: Deployment
              metadata: {namespace: table, labels: {app: web}}
              spec:
                selector: {matchLabels: {app: web}}
                template:
                  metadata: {labels: {app: web}}
                  spec:
                    containers:
                    - name: web
                      image: web:1
                      env: [{name: A}]
                      ports: [{containerPort: 80, protocol: UDP}]
              """));

  private final TestCluster cluster;
  private final ClusterEndpoint endpoint;
  private final String manager;

  TableObjects(TestCluster cluster, String manager) {
    this.cluster = cluster;
    this.manager = manager;
    this.endpoint =
        new ClusterEndpoint(
            "test",
            cluster.client(),
            "",
            new EndpointLimits(5000, 5000, 16, 500, Duration.ofSeconds(30)),
            cluster::client);
  }

  static List<String> resources() {
    return List.of("widgets", "untyped", "configmaps", "deployments.apps");
  }

  static String served(String resource) {
    return PATHS.get(resource).endsWith("widgets") ? "widgets.example.com" : resource;
  }

  Optional<ObjectTree> find(String resource, String name) {
    return cluster.find(served(resource), NS, name);
  }

  void create(String resource, ObjectTree object) throws InterruptedException {
    endpoint.send(ApiRequest.post(PATHS.get(resource), object).with("fieldManager", manager));
  }

  /** With the fields that the kinds have for the letter; "-" for none. */
  static ObjectTree object(
      String resource, String name, List<ConflictTable.Kind> kinds, String letter) {
    return with(EMPTY.get(resource).with("metadata.name", name), kinds, letter);
  }

  private static ObjectTree with(ObjectTree object, List<ConflictTable.Kind> kinds, String letter) {
    ObjectTree whole = object;
    for (ConflictTable.Kind kind : kinds) {
      Object value = kind.values().get(letter);
      whole = value == null ? whole.without(kind.field()) : whole.with(kind.field(), value);
    }
    return whole;
  }

  /** By read, change and PUT; {@code more} is changed as well. */
  void edit(
      String resource,
      String name,
      List<ConflictTable.Kind> kinds,
      String letter,
      Map<String, Object> more)
      throws InterruptedException {
    ObjectTree changed = with(find(resource, name).orElseThrow(), kinds, letter);
    for (Map.Entry<String, Object> each : more.entrySet()) {
      changed = changed.with(each.getKey(), each.getValue());
    }
    endpoint.send(
        ApiRequest.put(PATHS.get(resource) + "/" + name, changed).with("fieldManager", manager));
  }

  /** By an apply of the kinds' fields alone, by force. */
  void take(String resource, String name, List<ConflictTable.Kind> kinds, String letter) {
    ObjectTree empty = EMPTY.get(resource);
    ObjectTree fields =
        ObjectTree.of(
            Map.of(
                "apiVersion",
                empty.apiVersion(),
                "kind",
                empty.kind(),
                "metadata",
                Map.of("name", name, "namespace", NS)));
    cluster
        .as(manager)
        .forceApply(
            new String(Json.write(with(fields, kinds, letter).asMap()), StandardCharsets.UTF_8));
  }

  void delete(String resource, String name) {
    cluster.as(manager).delete(served(resource), NS, name);
    cluster.awaitGone(served(resource), NS, name);
  }

  static FieldPath path(ConflictTable.Kind kind) {
    return FieldPath.parse(kind.field());
  }
}
