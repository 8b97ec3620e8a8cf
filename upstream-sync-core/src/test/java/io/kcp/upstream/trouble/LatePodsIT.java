package io.kcp.upstream.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncRuntime;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A restart that learns of pods later than of their workloads. */
@ApiServerTest
class LatePodsIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void whatIsSaidOnACopyIsNotSaidAnew(
      @Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) throws Exception {
    edge.as("kubectl")
        .apply(
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: late}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: late}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: main, image: nginx}]}
            """);
    edge.as("controller")
        .set(
            "deployments.apps",
            "late",
            "web",
            "status",
            Map.of("observedGeneration", 1L, "replicas", 1L, "readyReplicas", 1L));
    shop.as("admin")
        .apply(
            """
            apiVersion: workload.kcp.io/v1alpha1
            kind: SyncTarget
            metadata: {name: late}
            spec:
              upstreamSync:
                namespaces: {include: [late]}
                resources: [{group: apps, resource: deployments}]
            """);
    runUntilInSync(edge, shop, Clock.systemUTC());
    shop.await(
        "deployments.apps",
        "late",
        "web",
        web ->
            web.string("status.conditions[type=\"upstream.workload.kcp.io/Healthy\"].status")
                .isPresent());
    edge.faults().on(Verb.LIST, "pods").nth(1).delay(Duration.ofMillis(800));
    long mark = shop.journal().mark();
    long below = edge.journal().mark();

    runUntilInSync(edge, shop, Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));

    assertThat(shop.journal().since(mark).writes().requests())
        .noneMatch(request -> request.resource().resource().equals("deployments"));
    assertThat(edge.journal().since(below).of(Verb.GET, "deployments.apps").requests())
        .as("what it looks at twice is kept until then")
        .isEmpty();
  }

  private static void runUntilInSync(TestCluster edge, TestCluster shop, Clock clock)
      throws Exception {
    try (SyncRuntime runtime = SyncRuntime.builder().clock(clock).build();
        UpstreamSyncer syncer =
            UpstreamSyncer.builder(
                    PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "late")
                .plugins(Plugins.none())
                .runtime(runtime)
                .withoutLease()
                .build()) {
      syncer.start();
      syncer.awaitInSync(LIMIT);
    }
  }
}
