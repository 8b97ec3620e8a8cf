package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.Explanation;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.Decision;
import io.kcp.upstream.spi.FieldConflict;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A strategy that makes up a value which the workspace does not take. */
@ApiServerTest
class RefusedValueIT {
  private static final String IMAGE = "spec.template.spec.containers[name=\"web\"].image";

  private static final class BelowZero implements ConflictStrategy {
    @Override
    public String name() {
      return "acme.example.com/below-zero";
    }

    @Override
    public Decision resolve(FieldConflict conflict) {
      return Decision.use(-5L);
    }
  }

  @Test
  void leavesItsFieldUnresolvedAndNamesTheStrategyWhileOtherFieldsGoOn(
      @Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) throws Exception {
    edge.as("kubectl").apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    edge.as("kubectl").apply(deployment());
    shop.as("admin").apply(syncTarget());
    ObjectKey key = ObjectKey.physical("deployments.apps", "shop", "web");
    try (UpstreamSyncer syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "edge-1")
            .plugins(Plugins.none().with(new BelowZero()))
            .build()) {
      syncer.start();
      syncer.awaitInSync(Duration.ofSeconds(10));
      shop.as("autoscaler").set("deployments.apps", "shop", "web", "spec.replicas", 7);
      edge.as("kubectl").set("deployments.apps", "shop", "web", "spec.replicas", 4);
      edge.as("kubectl").set("deployments.apps", "shop", "web", IMAGE, "web:2");

      ObjectTree web =
          shop.await(
              "deployments.apps", "shop", "web", d -> d.string(IMAGE).equals(Optional.of("web:2")));
      syncer.awaitInSync(Duration.ofSeconds(10));

      assertThat(web.integer("spec.replicas")).isEqualTo(OptionalLong.of(7));
      Explanation explanation = syncer.explain(key);
      assertThat(explanation.verdict()).isEqualTo(Explanation.Verdict.CONFLICTING);
      ConflictRecord record = syncer.conflicts().get(0);
      assertThat(record.outcome()).isEqualTo(ConflictRecord.Outcome.UNRESOLVED);
      assertThat(record.strategy()).isEqualTo("acme.example.com/below-zero");
      assertThat(record.reason()).isEqualTo("StrategyValueRefused");
    }
  }

  private static String deployment() {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "web:1"}]}
        """;
  }

  private static String syncTarget() {
    return """
        apiVersion: workload.kcp.io/v1alpha1
        kind: SyncTarget
        metadata: {name: edge-1}
        spec:
          upstreamSync:
            resources: [{group: apps, resource: deployments}]
            conflict: {strategy: acme.example.com/below-zero}
        """;
  }
}
