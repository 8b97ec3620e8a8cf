package io.kcp.upstream.road;

import static io.kcp.upstream.road.Traps.LIMIT;
import static io.kcp.upstream.road.Traps.TARGET;
import static io.kcp.upstream.road.Traps.TARGETS;
import static io.kcp.upstream.road.Traps.startedInSync;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.Explanation;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code namespaceMapping: Locator}: physical namespaces that kcp's own syncer made. */
@ApiServerTest
class LocatorIT {
  private static final String LOCATOR = "metadata.annotations[\"kcp.io/namespace-locator\"]";
  private static final String UP = "web";

  private TestCluster edge;
  private TestCluster shop;
  private String uid;
  private String cluster;

  @BeforeEach
  void clusters(
      @Cluster("edge") TestCluster edge,
      @Cluster(value = "kcp", workspace = "root:shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    shop.as("admin")
        .apply(
            """
            apiVersion: workload.kcp.io/v1alpha1
            kind: SyncTarget
            metadata: {name: %s}
            spec:
              upstreamSync:
                namespaceMapping: {type: Locator}
                resources:
                - {resource: configmaps}
                - {resource: serviceaccounts}
            """
                .formatted(TARGET));
    ObjectTree target = shop.find(TARGETS, "", TARGET).orElseThrow();
    uid = target.string("metadata.uid").orElseThrow();
    cluster = target.annotations().get("kcp.io/cluster");
  }

  private String locator(String of, String namespace) {
    return """
    {"syncTarget":{"path":"root:shop","name":"edge-1","uid":"%s"},"cluster":"%s","namespace":"%s"}
    """
        .formatted(of, cluster, namespace)
        .strip();
  }

  private void namespace(String name, String color) {
    edge.as("kubectl").apply(Manifests.namespace(name));
    edge.as("kubectl").apply(Manifests.configMap(name, "settings", "color: " + color));
  }

  private void locate(String namespace, String locator) {
    edge.as("kcp-syncer").set("namespaces", "", namespace, LOCATOR, locator);
  }

  private ObjectTree awaitColor(String namespace, String color) {
    return shop.await(
        "configmaps",
        namespace,
        "settings",
        map -> map.string("data.color").filter(color::equals).isPresent());
  }

  private static Explanation why(UpstreamSyncer syncer, String namespace) {
    return syncer.explain(ObjectKey.physical("configmaps", namespace, "settings"));
  }

  @Test
  void pullsWhatItsLocatorsNameAndSaysWhyNotTheRest() throws Exception {
    for (String name : List.of("kcp-ours", "kcp-plain", "kcp-garbage", "kcp-other")) {
      namespace(name, "blue");
    }
    locate("kcp-ours", locator(uid, UP));
    locate("kcp-garbage", "web");
    locate("kcp-other", locator("another-uid", "other"));
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      awaitColor(UP, "blue");

      for (String name : List.of("kcp-ours", "kcp-plain", "kcp-garbage", "kcp-other", "other")) {
        assertThat(shop.find("configmaps", name, "settings")).as(name).isEmpty();
      }
      assertThat(shop.find("namespaces", "", UP).orElseThrow().annotations())
          .doesNotContainKey("kcp.io/namespace-locator");
      assertThat(why(syncer, "kcp-ours").otherSide())
          .isEqualTo(ObjectKey.upstream("configmaps", UP, "settings"));
      Map.of(
              "kcp-plain", "LocatorMissing",
              "kcp-garbage", "LocatorUnreadable",
              "kcp-other", "LocatorOfAnother")
          .forEach(
              (name, reason) -> {
                assertThat(why(syncer, name).verdict()).isEqualTo(Explanation.Verdict.NOT_SELECTED);
                assertThat(why(syncer, name).reason()).isEqualTo(reason);
              });
    }
  }

  @Test
  void changedLocatorsAreFollowed() throws Exception {
    namespace("kcp-x1", "blue");
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      assertThat(shop.find("configmaps", UP, "settings")).isEmpty();

      locate("kcp-x1", locator(uid, UP));
      awaitColor(UP, "blue");

      locate("kcp-x1", locator(uid, "moved"));
      awaitColor("moved", "blue");
      shop.awaitGone("configmaps", UP, "settings");

      edge.as("kcp-syncer").set("namespaces", "", "kcp-x1", "metadata.annotations", Map.of());
      shop.awaitGone("configmaps", "moved", "settings");
      syncer.awaitInSync(LIMIT);
      assertThat(edge.find("configmaps", "kcp-x1", "settings")).isPresent();
    }
  }

  @Test
  void whatLostItsLocatorWhileNobodyLookedGoesToo() throws Exception {
    namespace("kcp-x1", "blue");
    locate("kcp-x1", locator(uid, UP));
    startedInSync(edge, shop).close();
    edge.as("kcp-syncer").set("namespaces", "", "kcp-x1", "metadata.annotations", Map.of());

    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      shop.awaitGone("configmaps", UP, "settings");
      syncer.awaitInSync(LIMIT);
    }
  }

  @Test
  void ofTwoNamespacesForOneLocatorNeitherOverwritesTheOther() throws Exception {
    namespace("kcp-b", "blue");
    locate("kcp-b", locator(uid, UP));
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      awaitColor(UP, "blue");
      long mark = shop.journal().mark();
      namespace("kcp-a", "red");

      locate("kcp-a", locator(uid, UP));

      org.awaitility.Awaitility.await()
          .atMost(LIMIT)
          .until(() -> why(syncer, "kcp-b").reason().equals("NamespaceCollision"));
      assertThat(why(syncer, "kcp-a").message()).contains("kcp-a, kcp-b");
      edge.as("kubectl").set("configmaps", "kcp-b", "settings", "data.color", "green");
      syncer.awaitInSync(LIMIT);
      assertThat(shop.find("configmaps", UP, "settings").orElseThrow().string("data.color"))
          .contains("blue");
      assertThat(shop.journal().since(mark).of(Verb.DELETE, "configmaps").requests()).isEmpty();

      locate("kcp-a", locator("another-uid", UP));
      awaitColor(UP, "green");
    }
  }
}
