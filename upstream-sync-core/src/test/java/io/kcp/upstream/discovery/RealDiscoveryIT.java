package io.kcp.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.CrdText;
import io.kcp.upstream.discovery.MergeSchema.Merge;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.RealApiServer;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd")
class RealDiscoveryIT {
  private static TestCluster cluster;
  private static ClusterEndpoint endpoint;
  private static DiscoveryClient client;
  private static OpenApiSchemas schemas;

  @BeforeAll
  static void start() {
    cluster = RealApiServer.start();
    endpoint = Wire.endpoint(cluster.client());
    client = new DiscoveryClient(endpoint);
    schemas = new OpenApiSchemas(endpoint);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static MergeSchema schema(String resource) throws InterruptedException {
    ResourceType type = client.refresh().preferred(GroupResource.parse(resource)).orElseThrow();
    return schemas.schemaOf(type);
  }

  private static MergeSchema at(MergeSchema schema, String... fields) {
    MergeSchema found = schema;
    for (String field : fields) {
      found = field.equals("[]") ? found.items() : found.field(field);
    }
    return found;
  }

  @Test
  void bothKindsOfDiscoveryFindTheSame() throws Exception {
    Served aggregated = client.refresh();

    for (GroupResource resource : aggregated.resources()) {
      for (ResourceType type : aggregated.versions(resource)) {
        GroupVersion version = new GroupVersion(resource.group(), type.version());
        ObjectTree list = endpoint.send(ApiRequest.get(version.path())).object();
        assertThat(DiscoveryDocuments.resources(version, list)).contains(type);
      }
    }
    assertThat(aggregated.resources()).hasSizeGreaterThan(50);
    assertThat(aggregated.isStale("apps")).isFalse();
  }

  @Test
  void nothingIsSentAgainWhenNothingChanged() throws Exception {
    DiscoveryClient fresh = new DiscoveryClient(endpoint);
    Served first = fresh.refresh();
    long mark = cluster.journal().mark();

    Served second = fresh.refresh();

    assertThat(second.resources()).isEqualTo(first.resources());
    assertThat(cluster.journal().since(mark).requests())
        .extracting(request -> request.status())
        .containsExactly(304, 304);
  }

  @Test
  void looksLive() throws Exception {
    ResourceType deployments =
        client.refresh().preferred(GroupResource.parse("deployments.apps")).orElseThrow();
    ResourceType reviews =
        client
            .refresh()
            .preferred(GroupResource.parse("subjectaccessreviews.authorization.k8s.io"))
            .orElseThrow();

    assertThat(client.servesNow(deployments)).isTrue();
    assertThat(client.servesNow(reviews)).isFalse();
    assertThat(client.clusterUid())
        .isEqualTo(
            cluster
                .find("namespaces", "", "kube-system")
                .orElseThrow()
                .string("metadata.uid")
                .orElseThrow());
  }

  private static final String SILENT_SERVICE =
      """
      apiVersion: apiregistration.k8s.io/v1
      kind: APIService
      metadata: {name: v1.metrics.example.com}
      spec:
        group: metrics.example.com
        version: v1
        groupPriorityMinimum: 100
        versionPriority: 100
        insecureSkipTLSVerify: true
        service: {name: none, namespace: default}
      """;

  @Test
  void aGroupWhoseServerIsAwayIsStaleAndTheOthersAreNot() throws Exception {
    GroupResource resource = GroupResource.parse("numbers.metrics.example.com");
    cluster.as("kubectl").apply(SILENT_SERVICE);
    try {
      await().until(() -> client.refresh().isStale("metrics.example.com"));

      Served served = client.refresh();
      assertThat(served.isStale("apps")).isFalse();
      assertThat(served.preferred(GroupResource.parse("deployments.apps"))).isPresent();
      TypeSet types =
          TypeSets.compute(
              Yaml.selection("resources: [{group: metrics.example.com, resource: numbers}]"),
              served,
              served,
              schemas);
      assertThat(types.leftOut().get(resource).state()).isEqualTo("Stale");
      assertThatThrownBy(
              () ->
                  client.servesNow(
                      new ResourceType(resource, "v1", "Number", true, Set.of(), Set.of())))
          .isInstanceOfSatisfying(RequestException.class, e -> assertThat(e.code()).isEqualTo(503));
    } finally {
      cluster
          .as("kubectl")
          .delete("apiservices.apiregistration.k8s.io", "", "v1.metrics.example.com");
    }
  }

  @Test
  void everyBuiltInTypeHasASchema() throws Exception {
    Served served = client.refresh();
    for (GroupResource resource : served.resources()) {
      for (ResourceType type : served.versions(resource)) {
        if (type.verbs().contains("list")) {
          MergeSchema schema = schemas.schemaOf(type);
          assertThat(schema.merge()).as(type.toString()).isEqualTo(Merge.FIELDS);
          assertThat(at(schema, "metadata", "ownerReferences").keys())
              .as(type.toString())
              .containsExactly("uid");
          assertThat(at(schema, "metadata", "finalizers").merge()).isEqualTo(Merge.SET);
        }
      }
    }
  }

  @Test
  void deploymentsMergeByTheirKeys() throws Exception {
    MergeSchema schema = schema("deployments.apps");
    MergeSchema containers = at(schema, "spec", "template", "spec", "containers");
    MergeSchema ports = at(containers, "[]", "ports");

    assertThat(containers.merge()).isEqualTo(Merge.LIST_MAP);
    assertThat(containers.keys()).containsExactly("name");
    assertThat(ports.keys()).containsExactly("containerPort", "protocol");
    assertThat(ports.keyDefault("protocol")).contains("TCP");
    assertThat(at(containers, "[]", "args").merge()).isEqualTo(Merge.WHOLE);
    assertThat(at(containers, "[]", "resources", "limits", "cpu").merge()).isEqualTo(Merge.WHOLE);
    assertThat(at(containers, "[]", "resources", "limits").merge()).isEqualTo(Merge.FIELDS);
    assertThat(at(schema, "spec", "selector").merge()).isEqualTo(Merge.WHOLE);
    assertThat(at(schema, "spec", "strategy", "rollingUpdate", "maxSurge").merge())
        .isEqualTo(Merge.WHOLE);
    assertThat(at(schema, "status", "conditions").keys()).containsExactly("type");
    assertThat(at(schema("jobs.batch"), "status", "conditions").merge()).isEqualTo(Merge.WHOLE);
  }

  @Test
  void servicesAndConfigMapsAndVolumes() throws Exception {
    assertThat(at(schema("services"), "spec", "ports").keys()).containsExactly("port", "protocol");
    assertThat(at(schema("services"), "spec", "ports").keyDefault("protocol")).contains("TCP");
    assertThat(at(schema("configmaps"), "data").merge()).isEqualTo(Merge.FIELDS);
    assertThat(at(schema("configmaps"), "data").declares("key")).isFalse();
    assertThat(at(schema("persistentvolumes"), "spec", "claimRef").merge()).isEqualTo(Merge.FIELDS);
    assertThat(at(schema("persistentvolumes"), "spec", "csi", "nodePublishSecretRef").merge())
        .isEqualTo(Merge.WHOLE);
  }

  @Test
  void crdsThemselvesHaveSchemasThatReferToThemselves() throws Exception {
    MergeSchema props =
        at(
            schema("customresourcedefinitions.apiextensions.k8s.io"),
            "spec",
            "versions",
            "[]",
            "schema",
            "openAPIV3Schema");

    assertThat(at(props, "properties", "a", "properties", "b", "required").merge())
        .isEqualTo(Merge.WHOLE);
    assertThat(at(props, "default").merge()).isEqualTo(Merge.DEDUCED);
  }

  private static final String SCHEMA =
      """
      type: object
      properties:
        spec:
          type: object
          properties:
            sealed: {type: object}
            open:
              type: object
              x-kubernetes-preserve-unknown-fields: true
              properties: {known: {type: object, properties: {a: {type: string}}}}
            anything: {x-kubernetes-preserve-unknown-fields: true}
            labels: {type: object, additionalProperties: {type: string}}
            port: {x-kubernetes-int-or-string: true}
            atomic: {type: object, x-kubernetes-map-type: atomic, properties: {a: {type: string}}}
            embedded: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}
            items:
              type: array
              x-kubernetes-list-type: map
              x-kubernetes-list-map-keys: [host, port]
              items:
                type: object
                required: [host]
                properties: {host: {type: string}, port: {type: integer, default: 80}}
            set: {type: array, x-kubernetes-list-type: set, items: {type: string}}
        status: {type: object, properties: {ready: {type: boolean}}}
      """;

  private static MergeSchema published(String plural) {
    GroupResource resource = GroupResource.parse(plural + ".example.com");
    return await()
        .until(
            () -> {
              Optional<ResourceType> type = client.refresh().preferred(resource);
              schemas.refresh();
              return type.isEmpty() ? MergeSchema.deduced() : schemas.schemaOf(type.get());
            },
            schema -> schema.merge() == Merge.FIELDS);
  }

  @Test
  void aCrdsSchemaIsReadAsTheServerReadsIt() {
    cluster
        .as("kubectl")
        .apply(CrdText.of("widgets.example.com", "Widget").withStatus().schema(SCHEMA).yaml());

    MergeSchema spec = published("widgets").field("spec");

    assertThat(spec.field("items").keys()).containsExactly("host", "port");
    assertThat(spec.field("items").keyDefault("port")).contains(80L);
    assertThat(spec.field("set").merge()).isEqualTo(Merge.SET);
    assertThat(spec.field("port").merge()).isEqualTo(Merge.WHOLE);
    assertThat(spec.field("atomic").merge()).isEqualTo(Merge.WHOLE);
    assertThat(spec.field("anything").merge()).isEqualTo(Merge.DEDUCED);
    assertThat(spec.field("open").field("unknown").merge()).isEqualTo(Merge.DEDUCED);
    assertThat(spec.field("labels").field("a").merge()).isEqualTo(Merge.WHOLE);
  }

  @Test
  void prunesWhatTheServerPrunes() throws Exception {
    cluster
        .as("kubectl")
        .apply(CrdText.of("gadgets.example.com", "Gadget").withStatus().schema(SCHEMA).yaml());
    MergeSchema schema = published("gadgets");
    ObjectTree gadget =
        Yaml.tree(
            """
            apiVersion: example.com/v1
            kind: Gadget
            metadata: {name: a, namespace: default}
            top: x
            spec:
              unknown: {a: b}
              sealed: {a: b}
              open: {x: {y: [1]}, known: {a: b, c: d}}
              anything: {x: [{y: 1}]}
              labels: {a: b}
              port: http
              atomic: {a: b, c: d}
              embedded: {apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {a: {b: c}}}
              items: [{host: h, port: 1, x: y}]
              set: [a]
            """);

    ObjectTree stored =
        endpoint
            .send(ApiRequest.post("/apis/example.com/v1/namespaces/default/gadgets", gadget))
            .object();

    assertThat(schema.prune(gadget).tree("spec")).isEqualTo(stored.tree("spec"));
    assertThat(schema.prune(gadget).asMap()).doesNotContainKey("top");
    assertThat(stored.asMap()).doesNotContainKey("top");
    assertThat(schema.prune(gadget).tree("metadata")).isEqualTo(gadget.tree("metadata"));
  }

  @Test
  void prunesFieldsThatABuiltInTypeDoesNotKnow() throws Exception {
    ObjectTree revision =
        Yaml.tree(
            """
            {apiVersion: apps/v1, kind: ControllerRevision, metadata: {name: a}, revision: 1, data: {spec: {a: b}}}
            """);
    ObjectTree config =
        Yaml.tree("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: b}}");

    assertThat(schema("controllerrevisions.apps").prune(revision)).isSameAs(revision);
    assertThat(schema("configmaps").prune(config.with("later", Map.of("a", "b"))))
        .isEqualTo(config);
    assertThat(schema("configmaps").prune(config.with("binaryData", Map.of("a", "Yg=="))))
        .isEqualTo(config.with("binaryData", Map.of("a", "Yg==")));
  }

  @Test
  void findsTheTypesInCommonOfAServerWithItself() throws Exception {
    Served served = client.refresh();
    Selection selection = Yaml.selection("resources: [{group: '*', resource: '*'}]");

    TypeSet types = TypeSets.compute(selection, served, served, schemas);

    assertThat(types.synced().keySet())
        .contains(
            GroupResource.parse("deployments.apps"),
            GroupResource.parse("configmaps"),
            GroupResource.parse("networkpolicies.networking.k8s.io"))
        .doesNotContainAnyElementsOf(
            List.of(
                GroupResource.parse("secrets"),
                GroupResource.parse("events"),
                GroupResource.parse("roles.rbac.authorization.k8s.io")));
    assertThat(types.leftOut()).isEmpty();
  }
}
