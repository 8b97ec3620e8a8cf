package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said while the physical cluster is out of sight, or refuses to show its pods. */
@ApiServerTest
class SightIT {
  private static final String NS = "shop";
  private static final String TARGETS = "synctargets.workload.kcp.io";
  private static final String HEALTH = "upstream.workload.kcp.io/health";
  private static final String ROLLUP = "upstream.workload.kcp.io/rollup";

  private TestCluster edge;
  private TestCluster shop;
  private UpstreamSyncer syncer;

  @BeforeEach
  void clusters(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop)
      throws Exception {
    this.edge = edge;
    this.shop = shop;
    edge.as("kubectl").apply(Manifests.shop(NS));
    shop.as("admin").apply(Manifests.syncTarget("edge-1", NS));
    WorkloadPods pods = new WorkloadPods(edge, NS, "web");
    pods.replicaSet("web-1", 1);
    pods.pod("web-1", "web-1-a");
    pods.runs("web-1-a");
    pods.rollout(1, 1);
  }

  private void start() throws Exception {
    Duration second = Duration.ofSeconds(1);
    syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "edge-1")
            .plugins(Plugins.none())
            .config(
                SyncerConfig.defaults()
                    .with(
                        new SyncerConfig.Reporting(
                            second.multipliedBy(20),
                            second.dividedBy(5),
                            second.multipliedBy(2),
                            second.multipliedBy(300))))
            .withoutLease()
            .build();
    syncer.start();
    syncer.awaitInSync(Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    if (syncer != null) {
      syncer.close();
    }
  }

  private static String health(ObjectTree object) {
    return Optional.ofNullable(object.annotations().get(HEALTH)).orElse("");
  }

  private ObjectTree awaitWeb(String status, String health) {
    return shop.await(
        "deployments.apps",
        NS,
        "web",
        web ->
            health(web).contains(health)
                && web.string("status.conditions[type=\"upstream.workload.kcp.io/Healthy\"].status")
                    .equals(Optional.of(status)));
  }

  private ObjectTree awaitTarget(String type, String status) {
    return shop.await(
        TARGETS, "", "edge-1", target -> condition(target, type, "status").equals(status));
  }

  private static String condition(ObjectTree target, String type, String field) {
    return target.string("status.conditions[type=\"%s\"].%s".formatted(type, field)).orElse("");
  }

  @Test
  void aSilentClusterIsUnknownUntilItAnswers() throws Exception {
    start();
    awaitWeb("True", "Healthy");
    shop.await(
        TARGETS,
        "",
        "edge-1",
        target ->
            condition(target, "WorkloadsHealthy", "status").equals("True")
                && target.integer("status.upstreamSync.health.healthy").orElse(0) > 0
                && target.integer("status.upstreamSync.pods.ready").orElse(0) == 1);
    final Optional<ObjectTree> spec = web().tree("spec");

    Faults.Fault silent = edge.faults().on(Verb.GET, "*").respond(503);
    ObjectTree target = awaitTarget("WorkloadsHealthy", "Unknown");
    String lastSeen = target.string("status.upstreamSync.lastContactTime").orElseThrow();
    assertThat(condition(target, "WorkloadsHealthy", "reason")).isEqualTo("PhysicalClusterSilent");
    assertThat(condition(target, "WorkloadsHealthy", "message")).contains(lastSeen);
    assertThat(condition(target, "Ready", "status")).isEqualTo("False");
    assertThat(condition(target, "SyncerReady", "reason")).isEqualTo("PhysicalClusterSilent");
    assertThat(target.integer("status.upstreamSync.health.healthy")).hasValue(0);
    assertThat(target.tree("status.upstreamSync.pods")).as("no old numbers").isEmpty();
    ObjectTree unknown = awaitWeb("Unknown", "Unknown");
    assertThat(health(unknown)).contains("PhysicalClusterSilent", lastSeen, "Healthy");
    assertThat(unknown.annotations().get(ROLLUP)).doesNotContain("ready");
    assertThat(unknown.tree("spec")).isEqualTo(spec);

    silent.lift();
    assertThat(awaitWeb("True", "Healthy").annotations().get(ROLLUP)).contains("\"ready\":1");
    awaitTarget("WorkloadsHealthy", "True");
    awaitTarget("Ready", "True");
    syncer.awaitInSync(Duration.ofSeconds(10));
  }

  private ObjectTree web() {
    return shop.find("deployments.apps", NS, "web").orElseThrow();
  }

  @Test
  void refusedPodsAreSaidAndAllElseGoesOn() throws Exception {
    edge.faults().on(Verb.LIST, "pods").respond(403);
    start();

    ObjectTree target = awaitTarget("SyncerAuthorized", "False");
    assertThat(condition(target, "SyncerAuthorized", "reason")).isEqualTo("PodsRefused");
    assertThat(condition(target, "SyncerAuthorized", "message")).contains("pods");
    assertThat(condition(target, "Ready", "status")).isEqualTo("True");
    awaitWeb("True", "Healthy");
    assertThat(web().annotations()).doesNotContainKey(ROLLUP);
  }
}
