package io.kcp.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.discovery.TypeSet.LeftOut;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.RealApiServer;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** One real server stands for both sides: what it serves is imported under another name. */
@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd")
class RealSchemaImportIT {
  private static final String CRDS = "customresourcedefinitions.apiextensions.k8s.io";
  private static final String GADGETS =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: gadgets.example.com}
      spec:
        group: example.com
        scope: Namespaced
        names: {plural: gadgets, singular: gadget, kind: Gadget, shortNames: [gd]}
        conversion:
          strategy: Webhook
          webhook:
            conversionReviewVersions: [v1]
            clientConfig: {url: "https://nowhere.example.com/convert"}
        versions:
        - name: v2
          served: true
          storage: false
          schema: &schema
            openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
          subresources: {status: {}}
          additionalPrinterColumns: [{name: Size, type: string, jsonPath: .spec.size}]
        - {name: v1, served: true, storage: true, schema: *schema}
        - {name: v1beta1, served: false, storage: false, schema: *schema}
      """;

  private static TestCluster cluster;
  private static ClusterEndpoint endpoint;
  private static Served served;

  @BeforeAll
  static void start() throws Exception {
    cluster = RealApiServer.start();
    endpoint = Wire.endpoint(cluster.client());
    served = new DiscoveryClient(endpoint).refresh();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static SchemaImport imports() {
    return new SchemaImport(endpoint, endpoint, "edge-1", "upstream-sync/edge-1");
  }

  @Test
  void aServerTakesTheSchemaOfEveryBuiltInTypeThatCanBeWatched() throws Exception {
    Definitions definitions = new Definitions(endpoint);
    List<String> refused = new ArrayList<>();
    int taken = 0;
    for (GroupResource resource : served.resources()) {
      ResourceType type = served.preferred(resource).orElseThrow();
      if (type.verbs().contains("watch") && !type.resource().group().endsWith("kcp.io")) {
        ObjectTree crd = definitions.ofBuiltIn(type).orElseThrow();
        try {
          endpoint.send(
              ApiRequest.post(Definitions.CRDS.path(""), elsewhere(crd)).with("dryRun", "All"));
          taken++;
        } catch (RequestException e) {
          refused.add(resource + ": " + e.getMessage());
        }
      }
    }
    assertThat(refused).isEmpty();
    assertThat(taken).isGreaterThan(45);
  }

  private static ObjectTree elsewhere(ObjectTree crd) {
    return crd.with("spec.group", "imported.example.com")
        .with(
            "metadata.name",
            crd.string("spec.names.plural").orElseThrow() + ".imported.example.com");
  }

  @Test
  void keepsHowListsMerge() throws Exception {
    ResourceType type = served.preferred(GroupResource.parse("deployments.apps")).orElseThrow();

    ObjectTree crd = new Definitions(endpoint).ofBuiltIn(type).orElseThrow();

    assertThat(crd.string("metadata.name")).contains("deployments.apps");
    assertThat(crd.annotations()).containsKey("api-approved.kubernetes.io");
    assertThat(crd.tree("spec.names").orElseThrow().asMap())
        .containsEntry("singular", "deployment")
        .containsEntry("shortNames", List.of("deploy"));
    ObjectTree version = crd.items("spec.versions").get(0);
    assertThat(version.tree("subresources").orElseThrow().asMap()).containsKeys("status", "scale");
    ObjectTree pod =
        version
            .tree(
                "schema.openAPIV3Schema.properties.spec.properties.template.properties.spec.properties")
            .orElseThrow();
    assertThat(pod.tree("containers").orElseThrow().asMap())
        .containsEntry("x-kubernetes-list-type", "map")
        .containsEntry("x-kubernetes-list-map-keys", List.of("name"));
    ObjectTree ports = pod.tree("containers.items.properties.ports").orElseThrow();
    assertThat(ports.asMap())
        .containsEntry("x-kubernetes-list-map-keys", List.of("containerPort", "protocol"));
    assertThat(ports.string("items.properties.protocol.default")).contains("TCP");
    assertThat(pod.string("restartPolicy.default")).isEmpty();
    assertThat(
            pod.tree("containers.items.properties.livenessProbe.properties.httpGet.properties.port")
                .orElseThrow()
                .asMap())
        .containsOnlyKeys("x-kubernetes-int-or-string");
  }

  @Test
  void aPlainServerRefusesTheCoreGroupOnce() throws Exception {
    SchemaImport imports = imports();
    Selection selection =
        Yaml.selection("{schemaImport: IfMissing, resources: [{group: '', resource: pods}]}");
    GroupResource pods = GroupResource.parse("pods");
    TypeSet missing =
        new TypeSet(Map.of(), Map.of(pods, new LeftOut("Incompatible", "WorkspaceNotServed", "")));

    LeftOut why = imports.fill(selection, missing, served, true).leftOut().get(pods);

    assertThat(why.state()).isEqualTo("Incompatible");
    assertThat(why.reason()).isEqualTo("SchemaImportRefused");
    assertThat(why.message()).contains("pods.core").contains("spec.group");
    long mark = cluster.journal().mark();
    assertThat(imports.fill(selection, missing, served, true).leftOut()).containsEntry(pods, why);
    assertThat(cluster.journal().since(mark).requests()).isEmpty();
  }

  @Test
  void ofACrdWithAWebhookOneVersionIsLeftAndItsColumns() throws Exception {
    ObjectTree crd = Yaml.tree(GADGETS);
    ResourceType v2 =
        new ResourceType(
            GroupResource.parse("gadgets.example.com"),
            "v2",
            "Gadget",
            true,
            java.util.Set.of(),
            java.util.Set.of());

    ObjectTree copy = Definitions.copied(crd, v2);

    assertThat(copy.items("spec.versions")).hasSize(1);
    ObjectTree version = copy.items("spec.versions").get(0);
    assertThat(version.isTrue("storage")).isTrue();
    assertThat(version.items("additionalPrinterColumns")).hasSize(1);
    assertThat(version.tree("subresources.status")).isPresent();
    assertThat(copy.tree("spec.conversion")).isEmpty();
    assertThat(Definitions.copied(crd.without("spec.conversion"), v2).items("spec.versions"))
        .extracting(each -> each.string("name").orElseThrow() + each.isTrue("storage"))
        .containsExactly("v2false", "v1true");
    endpoint.send(ApiRequest.post(Definitions.CRDS.path(""), copy).with("dryRun", "All"));
  }

  @Test
  void oneThatIsThereStaysAsItIs() throws Exception {
    cluster
        .as("kubectl")
        .apply(
            GADGETS
                .replace("gadgets", "gizmos")
                .replace("gadget", "gizmo")
                .replace("Gadget", "Gizmo")
                .replace("gd", "gz"));
    await()
        .untilAsserted(
            () ->
                assertThat(
                        cluster
                            .find(CRDS, "", "gizmos.example.com")
                            .orElseThrow()
                            .items("status.conditions"))
                    .isNotEmpty());
    GroupResource gizmos = GroupResource.parse("gizmos.example.com");
    Served now = new DiscoveryClient(endpoint).refresh();
    Selection selection =
        Yaml.selection(
            "{schemaImport: IfMissing, resources: [{group: example.com, resource: gizmos}]}");
    TypeSet missing =
        new TypeSet(
            Map.of(), Map.of(gizmos, new LeftOut("Incompatible", "WorkspaceNotServed", "")));
    long mark = cluster.journal().mark();
    Served known =
        new Served(
            Map.of(
                gizmos,
                List.of(
                    new ResourceType(
                        gizmos, "v2", "Gizmo", true, java.util.Set.of(), java.util.Set.of()))),
            java.util.Set.of());
    assertThat(now.resources()).isNotEmpty();

    LeftOut why = imports().fill(selection, missing, known, true).leftOut().get(gizmos);

    assertThat(why.reason()).isEqualTo("SchemaImported");
    assertThat(cluster.journal().since(mark).writes().requests()).isEmpty();
  }
}
