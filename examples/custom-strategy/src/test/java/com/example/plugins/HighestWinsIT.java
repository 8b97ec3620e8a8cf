package com.example.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The strategy in a running syncer, while an answer of the server is lost. */
@ApiServerTest
class HighestWinsIT {
  private static final String IMAGE = "spec.template.spec.containers[name=\"web\"].image";

  private static final String WEB_WITH_3_REPLICAS =
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
        namespace: shop
      spec:
        replicas: 3
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
            - {name: web, image: "web:1"}
      """;

  private static final String SYNC_TARGET =
      """
      apiVersion: workload.kcp.io/v1alpha1
      kind: SyncTarget
      metadata:
        name: edge-1
      spec:
        upstreamSync:
          resources:
          - {group: apps, resource: deployments}
          conflict:
            rules:
            - name: replicas
              group: apps
              resource: deployments
              fields: ["spec.replicas"]
              strategy: acme.example.com/highest-wins
      """;

  @Test
  void theHigherReplicasStayThoughAnAnswerIsLost(
      @Cluster("edge") TestCluster edge,
      @Cluster(value = "kcp", workspace = "root:shop") TestCluster shop)
      throws Exception {
    edge.as("kubectl").apply(WEB_WITH_3_REPLICAS);
    shop.as("admin").apply(SYNC_TARGET);
    try (UpstreamSyncer syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "edge-1")
            .plugins(Plugins.none().with(new HighestWins()))
            .build()) {
      syncer.start();
      syncer.awaitInSync(Duration.ofSeconds(10));

      shop.as("autoscaler").set("deployments.apps", "shop", "web", "spec.replicas", 5);
      shop.faults().on(Verb.APPLY, "deployments.apps").nth(1).resetAfterWrite();
      edge.as("kubectl").set("deployments.apps", "shop", "web", IMAGE, "web:2");

      ObjectTree web =
          shop.await(
              "deployments.apps",
              "shop",
              "web",
              copy -> copy.string(IMAGE).equals(Optional.of("web:2")));
      syncer.awaitInSync(Duration.ofSeconds(10));
      assertEquals(OptionalLong.of(5), web.integer("spec.replicas"));
      assertEquals("replicas", syncer.conflicts().get(0).decidedBy());
    }
  }
}
