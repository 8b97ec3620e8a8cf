package io.kcp.upstream.road;

import static io.kcp.upstream.road.Traps.LIMIT;
import static io.kcp.upstream.road.Traps.NS;
import static io.kcp.upstream.road.Traps.TARGET;
import static io.kcp.upstream.road.Traps.startedInSync;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.Explanation;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others have upstream: taken over only as said, and never deleted with what is ours. */
@ApiServerTest
class StrangersIT {
  private static final String CRDS = "customresourcedefinitions.apiextensions.k8s.io";
  private static final String OTHERS_MARK =
      "state.workload.kcp.io/34sZi3721YwBLDHUuNVIOLxuYp5nEZBpsTQyDq";

  private TestCluster edge;
  private TestCluster shop;

  @BeforeEach
  void clusters(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    edge.as("kubectl").apply(Manifests.namespace(NS));
  }

  private void target(String adoption, String... resources) {
    StringBuilder list = new StringBuilder();
    for (String resource : resources) {
      int dot = resource.indexOf('.');
      String group = dot < 0 ? "" : resource.substring(dot + 1);
      String name = dot < 0 ? resource : resource.substring(0, dot);
      list.append("    - {group: \"%s\", resource: %s}\n".formatted(group, name));
    }
    shop.as("admin")
        .apply(
            """
            apiVersion: workload.kcp.io/v1alpha1
            kind: SyncTarget
            metadata: {name: %s}
            spec:
              upstreamSync:
                adoptionPolicy: %s
                namespaces: {include: [%s]}
                resources:
            %s\
            """
                .formatted(TARGET, adoption, NS, list));
  }

  @ParameterizedTest
  @CsvSource({
    "Never, same, no",
    "Never, differs, no",
    "Never, anothers, no",
    "Never, formers, yes",
    "IfEqual, same, yes",
    "IfEqual, differs, no",
    "IfEqual, anothers, no",
    "Always, same, yes",
    "Always, differs, yes",
    "Always, anothers, no"
  })
  void isTakenOverOnlyAsThePolicySays(String policy, String which, String taken) throws Exception {
    target(policy, "configmaps");
    edge.as("kubectl").apply(Manifests.configMap(NS, which, "color: blue"));
    shop.as("tenant").apply(Manifests.namespace(NS));
    shop.as("tenant")
        .apply(
            Manifests.configMap(NS, which, "color: " + (which.equals("differs") ? "red" : "blue")));
    if (which.equals("anothers") || which.equals("formers")) {
      shop.as("upstream-sync/" + (which.equals("formers") ? TARGET : "edge-2"))
          .set("configmaps", NS, which, "metadata.labels[\"" + OTHERS_MARK + "\"]", "Upsync");
    }

    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      ObjectTree now = shop.find("configmaps", NS, which).orElseThrow();
      boolean ours = now.annotations().containsKey("upstream.workload.kcp.io/physical-uid");
      assertThat(ours).isEqualTo(taken.equals("yes"));
      Explanation why = syncer.explain(ObjectKey.physical("configmaps", NS, which));
      assertThat(why.reason())
          .isEqualTo(!ours ? "NameCollision" : which.equals("differs") ? why.reason() : "Synced");
      if (!ours) {
        assertThat(now.string("data.color")).contains(which.equals("differs") ? "red" : "blue");
        edge.as("kubectl").delete("configmaps", NS, which);
        syncer.awaitInSync(LIMIT);
        assertThat(shop.find("configmaps", NS, which)).isPresent();
      }
    }
  }

  @Test
  void aNamespaceIsKeptAsLongAsOthersHaveAnythingInIt() throws Exception {
    target("Never", "namespaces", "configmaps");
    edge.as("kubectl").apply(Manifests.configMap(NS, "settings", "a: b"));
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      shop.await("configmaps", NS, "settings", map -> true);
      shop.as("tenant").apply(Manifests.configMap(NS, "mine", "a: b"));

      edge.as("kubectl").delete("namespaces", "", NS);

      awaitReason(syncer, ObjectKey.physical("namespaces", "", NS), "configmaps mine");
      shop.awaitGone("configmaps", NS, "settings");
      assertThat(shop.find("configmaps", NS, "mine")).isPresent();
      shop.as("tenant").delete("configmaps", NS, "mine");
      Awaitility.await()
          .atMost(LIMIT)
          .until(
              () ->
                  shop.find("namespaces", "", NS)
                          .flatMap(left -> left.string("metadata.deletionTimestamp"))
                          .isPresent()
                      || shop.find("namespaces", "", NS).isEmpty());
    }
  }

  @Test
  void aDefinitionIsKeptAsLongAsOthersHaveObjectsOfIt() throws Exception {
    target("Never", CRDS);
    edge.as("kubectl").apply(Manifests.widgets());
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      shop.await(CRDS, "", "widgets.example.com", crd -> true);
      shop.as("tenant").apply(Manifests.namespace("mine"));
      Awaitility.await()
          .atMost(LIMIT)
          .untilAsserted(() -> shop.as("tenant").apply(Manifests.widget("mine", "w")));

      edge.as("kubectl").delete(CRDS, "", "widgets.example.com");

      awaitReason(
          syncer, ObjectKey.physical(CRDS, "", "widgets.example.com"), "widgets.example.com w");
      assertThat(shop.find("widgets.example.com", "mine", "w")).isPresent();
      shop.as("tenant").delete("widgets.example.com", "mine", "w");
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> shop.find(CRDS, "", "widgets.example.com").isEmpty());
    }
  }

  private static void awaitReason(UpstreamSyncer syncer, ObjectKey key, String words) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              Explanation why = syncer.explain(key);
              assertThat(why.verdict()).isEqualTo(Explanation.Verdict.HELD);
              assertThat(why.reason()).isEqualTo("ForeignContent");
              assertThat(why.message()).contains(words);
            });
  }
}
