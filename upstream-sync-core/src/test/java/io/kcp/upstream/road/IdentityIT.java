package io.kcp.upstream.road;

import static io.kcp.upstream.road.Traps.LIMIT;
import static io.kcp.upstream.road.Traps.NS;
import static io.kcp.upstream.road.Traps.TARGET;
import static io.kcp.upstream.road.Traps.TARGETS;
import static io.kcp.upstream.road.Traps.assertNothingDeleted;
import static io.kcp.upstream.road.Traps.awaitCondition;
import static io.kcp.upstream.road.Traps.startedInSync;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kubeconfig that points to another cluster. */
@ApiServerTest
class IdentityIT {
  private static final String CHANGED = "PhysicalClusterChanged";

  private InMemoryApiServer edge;
  private InMemoryApiServer other;
  private TestCluster shop;

  @BeforeEach
  void clusters(
      @Cluster("edge") InMemoryApiServer edge,
      @Cluster("other") InMemoryApiServer other,
      @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.other = other;
    this.shop = shop;
    edge.as("kubectl").apply(Manifests.shop(NS));
    other.as("kubectl").apply(Manifests.namespace(NS));
    other.as("kubectl").apply(Manifests.configMap(NS, "web-config", "currency: USD"));
    for (int i = 0; i < 40; i++) { // versions above those of the first
      other.as("kubectl").set("configmaps", NS, "web-config", "data.n", "n" + i);
    }
    shop.as("admin").apply(Manifests.syncTarget(TARGET, NS));
  }

  private String currency() {
    return shop.find("configmaps", NS, "web-config")
        .flatMap(map -> map.string("data.currency"))
        .orElse("");
  }

  private static String uid(TestCluster cluster) {
    return cluster
        .find("namespaces", "", "kube-system")
        .flatMap(namespace -> namespace.string("metadata.uid"))
        .orElseThrow();
  }

  @Test
  void renewedCredentialsOfAnotherClusterBringNothingOfIt() throws Exception {
    try (UpstreamSyncer syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()).renewedBy(other::readOnlyClient),
                Workspace.of(shop.client()),
                TARGET)
            .plugins(Plugins.none())
            .config(
                SyncerConfig.defaults()
                    .with(
                        new SyncerConfig.Retry(Duration.ofMillis(20), Duration.ofMillis(500), 0.2)))
            .build()) {
      syncer.start();
      syncer.awaitInSync(LIMIT);
      long mark = shop.journal().mark();
      for (Verb verb : List.of(Verb.GET, Verb.LIST, Verb.WATCH)) {
        edge.faults().on(verb, "*").respond(401).optional();
      }
      edge.restart(false);

      ObjectTree told = awaitCondition(shop, "Ready", "False", CHANGED);

      assertThat(Traps.hold(told, CHANGED).string("id")).contains(uid(other));
      assertNothingDeleted(shop, mark);
      assertThat(currency()).isEqualTo("EUR");
    }
  }

  @Test
  void aPersonsWordMakesTheOtherClusterTheRightOne() throws Exception {
    startedInSync(edge, shop).close();
    try (UpstreamSyncer syncer = Traps.syncer(other, shop)) {
      syncer.start();
      ObjectTree told = awaitCondition(shop, "Ready", "False", CHANGED);
      assertThat(currency()).isEqualTo("EUR");

      Traps.release(shop, Traps.hold(told, CHANGED).string("id").orElseThrow());

      shop.await(
          "configmaps",
          NS,
          "web-config",
          map -> map.string("data.currency").filter("USD"::equals).isPresent());
      shop.awaitGone("services", NS, "web");
      awaitCondition(shop, "Ready", "True", "");
      assertThat(
              shop.find(TARGETS, "", TARGET)
                  .orElseThrow()
                  .string("status.upstreamSync.physicalClusterUID"))
          .contains(uid(other));
    }
  }

  @Test
  void aPinOnAnotherClusterStopsEverything() throws Exception {
    shop.as("admin").set(TARGETS, "", TARGET, "spec.upstreamSync.physicalClusterUID", uid(other));
    try (UpstreamSyncer syncer = Traps.syncer(edge, shop)) {
      syncer.start();
      awaitCondition(shop, "Ready", "False", CHANGED);
      assertThat(shop.find("configmaps", NS, "web-config")).isEmpty();

      shop.as("admin").set(TARGETS, "", TARGET, "spec.upstreamSync.physicalClusterUID", uid(edge));

      shop.await("configmaps", NS, "web-config", map -> true);
      syncer.awaitInSync(LIMIT);
    }
  }
}
