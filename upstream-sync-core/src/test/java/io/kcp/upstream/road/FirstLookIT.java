package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

/** What is said of workloads before they were looked at. */
@ApiServerTest
class FirstLookIT {
  private static final String NS = "shop";

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

  private static ObjectTree target(TestCluster shop, String status) {
    return shop.await(
        "synctargets.workload.kcp.io",
        "",
        "edge-1",
        target -> target.string(path("status")).filter(status::equals).isPresent());
  }

  private static String path(String field) {
    return "status.conditions[type=\"WorkloadsHealthy\"]." + field;
  }
}
