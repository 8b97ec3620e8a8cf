package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.CrdText;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Types whose status has no place for a condition of ours. */
abstract class RefusedWordsContract {
  static final String HEALTH = "upstream.workload.kcp.io/health";
  private static final String OURS = "upstream.workload.kcp.io/Healthy";
  static final String GADGETS = "gadgets.example.com";
  static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String STRICT =
      """
      {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [type], items:
       {type: object, required: [type], properties: {type: {type: string, enum: [Ready]},
       status: {type: string}, reason: {type: string}, message: {type: string},
       lastTransitionTime: {type: string}}}}
      """;

  static final String OPEN = STRICT.replace("enum: [Ready]", "minLength: 1");

  private static final String ATOMIC =
      """
      {type: array, items: {type: object, properties:
       {type: {type: string}, status: {type: string}}}}
      """;

  private TestCluster edge;
  TestCluster shop;

  @BeforeEach
  void clusters(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    edge.as("kubectl").apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    shop.as("admin")
        .apply(
            """
            apiVersion: workload.kcp.io/v1alpha1
            kind: SyncTarget
            metadata: {name: edge-1}
            spec: {upstreamSync: {resources: [{group: example.com, resource: gadgets}]}}
            """);
  }

  final UpstreamSyncer started() throws Exception {
    UpstreamSyncer syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "edge-1")
            .plugins(Plugins.none())
            .withoutLease()
            .build();
    syncer.start();
    syncer.awaitInSync(LIMIT);
    return syncer;
  }

  /** The physical cluster's conditions are told apart by type; the workspace has these. */
  final void gadgets(String conditions) {
    edge.as("admin").apply(crd(OPEN));
    shop.as("admin").apply(crd(conditions));
    for (TestCluster side : List.of(edge, shop)) {
      side.await(
          "customresourcedefinitions.apiextensions.k8s.io",
          "",
          GADGETS,
          crd ->
              crd.string("status.conditions[type=\"Established\"].status")
                  .filter("True"::equals)
                  .isPresent());
    }
    gadget("one", "ready");
    gadget("two", "ready");
  }

  final void gadget(String name, String phase) {
    edge.as("kubectl")
        .apply(
            "{apiVersion: example.com/v1, kind: Gadget, metadata: {name: %s, namespace: shop}}"
                .formatted(name));
    edge.as("controller").set(GADGETS, "shop", name, "status", status(phase));
  }

  private static Map<String, Object> status(String phase) {
    return Map.of("phase", phase, "conditions", List.of(Map.of("type", "Ready", "status", "True")));
  }

  private static String crd(String conditions) {
    String more = conditions.isEmpty() ? "" : ", conditions: " + conditions.replace("\n", " ");
    return CrdText.of("gadgets.example.com", "Gadget")
        .withStatus()
        .schema(
            """
            type: object
            properties:
              status:
                type: object
                properties: {phase: {type: string}%s}
            """
                .formatted(more))
        .yaml();
  }

  final ObjectTree copy(String name, String phase) {
    return shop.await(
        GADGETS,
        "shop",
        name,
        gadget -> gadget.string("status.phase").filter(phase::equals).isPresent());
  }

  private void assertSaidByTheAnnotationAlone(String conditions) throws Exception {
    gadgets(conditions);
    try (UpstreamSyncer syncer = started()) {
      for (String name : List.of("one", "two")) {
        ObjectTree copy = copy(name, "ready");
        assertThat(copy.annotations().get(HEALTH)).contains("\"health\":\"Healthy\"");
        assertThat(copy.items("status.conditions"))
            .noneMatch(each -> each.string("type").filter(OURS::equals).isPresent());
      }
      long mark = shop.journal().mark();
      edge.as("controller").set(GADGETS, "shop", "one", "status", status("busy"));
      copy("one", "busy");
      syncer.awaitInSync(LIMIT);
      assertThat(shop.journal().since(mark).of(Verb.APPLY, GADGETS + "/status").requests().stream())
          .as("one change is one write: what was refused is not tried again")
          .hasSize(1);
    }
    long mark = shop.journal().mark();
    try (UpstreamSyncer syncer = started()) {
      assertThat(syncer.state().inSync()).isTrue();
    }
    assertThat(
            shop.journal().since(mark).of(Verb.APPLY, GADGETS + "/status").requests().stream()
                .filter(request -> !request.dryRun()))
        .as("a restart writes nothing")
        .isEmpty();
  }

  @Test
  void aSchemaThatRefusesOurConditionTakesTheStatusWithoutIt() throws Exception {
    assertSaidByTheAnnotationAlone(STRICT);
  }

  @Test
  void conditionsThatAreAnAtomicListAreThePhysicalClustersAlone() throws Exception {
    assertSaidByTheAnnotationAlone(ATOMIC);
  }

  @Test
  void conditionsThatThePrunedSchemaDoesNotHaveAreNotSent() throws Exception {
    assertSaidByTheAnnotationAlone("");
  }
}
