package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.Explanation;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is said of workloads before they were looked at. */
@ApiServerTest
class FirstLookIT {
  private static final String NS = "shop";
  private static final String SYNC_TARGETS = "synctargets.workload.kcp.io";
  private static final String STRATEGY = "server-side-wins";

  @Test
  void healthIsUnknownUntilEachObjectWasJudged(
      @Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) throws Exception {
    edge.as("kubectl").apply(Manifests.shop(NS));
    shop.as("admin").apply(Manifests.syncTarget("edge-1", NS));
    final Faults.Fault slow = edge.faults().on(Verb.LIST, "deployments.apps").hang();
    try (UpstreamSyncer syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "edge-1")
            .plugins(Plugins.none())
            .withoutLease()
            .build()) {
      syncer.start();
      shop.await("services", NS, "web", service -> true);
      ObjectTree early = target(shop, "Unknown");
      assertThat(early.string(path("reason"))).contains("NotJudgedYet");

      slow.lift();

      target(shop, "True");
    }
    assertThat(shop.find("deployments.apps", NS, "web")).isPresent();
  }

  @Test
  void whatIsListedAnewIsNotWorkedOnBefore(
      @Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) throws Exception {
    edge.as("kubectl").apply(Manifests.shop(NS));
    shop.as("admin").apply(Manifests.syncTarget("edge-1", NS));
    try (UpstreamSyncer syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "edge-1")
            .plugins(Plugins.none())
            .withoutLease()
            .build()) {
      syncer.start();
      syncer.awaitInSync(Duration.ofSeconds(30));
      final Faults.Fault slow = edge.faults().on(Verb.LIST, "configmaps").hang();

      shop.as("admin")
          .set(SYNC_TARGETS, "", "edge-1", "spec.upstreamSync.conflict.strategy", STRATEGY);
      shop.await(
          SYNC_TARGETS,
          "",
          "edge-1",
          target -> target.integer("status.upstreamSync.observedGeneration").orElse(0) == 2);

      assertThat(syncer.state().inSync()).isFalse();
      assertThat(syncer.state().objects()).doesNotContainKey(Explanation.Verdict.PENDING);
      slow.lift();
      syncer.awaitInSync(Duration.ofSeconds(30));
    }
  }

  private static ObjectTree target(TestCluster shop, String status) {
    return shop.await(
        SYNC_TARGETS,
        "",
        "edge-1",
        target -> target.string(path("status")).filter(status::equals).isPresent());
  }

  private static String path(String field) {
    return "status.conditions[type=\"WorkloadsHealthy\"]." + field;
  }
}
