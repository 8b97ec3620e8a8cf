package io.kcp.upstream.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.FastTime;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncRuntime;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import io.kcp.upstream.transform.SyncKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods that are known later than their workloads. */
@ApiServerTest
class LatePodsIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private TestCluster edge;
  private TestCluster shop;

  @BeforeEach
  void clusters(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
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
  }

  @Test
  void whatIsSaidOnACopyIsNotSaidAnew() throws Exception {
    runUntilInSync(Clock.systemUTC());
    awaitCopy(
        web ->
            web.string("status.conditions[type=\"upstream.workload.kcp.io/Healthy\"].status")
                .isPresent());
    edge.faults().on(Verb.LIST, "pods").nth(1).delay(Duration.ofMillis(800));
    long mark = shop.journal().mark();
    long below = edge.journal().mark();

    runUntilInSync(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));

    assertThat(shop.journal().since(mark).writes().requests())
        .noneMatch(request -> request.resource().resource().equals("deployments"));
    assertThat(edge.journal().since(below).of(Verb.GET, "deployments.apps").requests())
        .as("what it looks at twice is kept until then")
        .isEmpty();
  }

  @Test
  void whereTheyWereRefusedTheyAreTalliedWhenTheyNoLongerAre() throws Exception {
    Faults.Fault refused = edge.faults().on(Verb.LIST, "pods").respond(403);
    try (SyncRuntime runtime = FastTime.runtime(2, 30);
        UpstreamSyncer syncer = started(runtime)) {
      ObjectTree copy = awaitCopy(web -> web.annotations().containsKey(SyncKeys.HEALTH));
      syncer.awaitInSync(LIMIT);
      assertThat(copy.annotations()).doesNotContainKey(SyncKeys.ROLLUP);

      refused.lift();

      awaitCopy(web -> web.annotations().containsKey(SyncKeys.ROLLUP));
    }
  }

  private ObjectTree awaitCopy(Predicate<ObjectTree> condition) {
    return shop.await("deployments.apps", "late", "web", condition);
  }

  private void runUntilInSync(Clock clock) throws Exception {
    try (SyncRuntime runtime = SyncRuntime.builder().clock(clock).build();
        UpstreamSyncer syncer = started(runtime)) {
      syncer.awaitInSync(LIMIT);
    }
  }

  private UpstreamSyncer started(SyncRuntime runtime) {
    UpstreamSyncer syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "late")
            .plugins(Plugins.none())
            .runtime(runtime)
            .withoutLease()
            .build();
    syncer.start();
    return syncer;
  }
}
