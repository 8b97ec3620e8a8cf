package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncException;
import io.kcp.upstream.SyncRuntime;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.SyncerState;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a syncer starts, stands by, waits, is corrected and ends. */
@ApiServerTest
class LifeIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String NS = "shop";
  private static final String TARGET = "edge-1";
  private static final String TARGETS = "synctargets.workload.kcp.io";

  private TestCluster edge;
  private TestCluster shop;

  @BeforeEach
  void clusters(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    edge.as("kubectl").apply(Manifests.shop(NS));
    shop.as("admin").apply(Manifests.syncTarget(TARGET, NS));
  }

  private UpstreamSyncer.Builder builder() {
    SyncerConfig config =
        SyncerConfig.defaults()
            .with(new SyncerConfig.Retry(Duration.ofMillis(20), Duration.ofMillis(500), 0.2))
            .with(
                new SyncerConfig.Timeouts(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5)));
    return UpstreamSyncer.builder(
            PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), TARGET)
        .plugins(Plugins.none())
        .config(config);
  }

  private ObjectTree awaitCondition(String type, String status, String reason) {
    String condition = "status.conditions[type=\"" + type + "\"].";
    return shop.await(
        TARGETS,
        "",
        TARGET,
        target ->
            target.string(condition + "status").filter(status::equals).isPresent()
                && target.string(condition + "reason").filter(reason::equals).isPresent());
  }

  @Test
  @SuppressWarnings("try") // closing it here is what is tested
  void startsOnceAndNotAfterClose() {
    try (UpstreamSyncer syncer = builder().build()) {
      syncer.start();
      assertThatThrownBy(syncer::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("started before");
      syncer.close();
      syncer.close();
      assertThat(syncer.state().phase()).isEqualTo(SyncerState.Phase.STOPPED);
      assertThatThrownBy(syncer::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    UpstreamSyncer syncer = builder().build();
    syncer.start();
    syncer.awaitInSync(LIMIT);
    assertThat(ourThreads()).isNotEmpty();

    syncer.close();

    Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(ourThreads()).isEmpty());
    syncer.awaitStopped();
  }

  private static List<String> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("upstream-sync"))
        .toList();
  }

  @Test
  void aStartThatFailsLeavesNothingOpen() {
    shop.as("admin").delete(TARGETS, "", TARGET);
    UpstreamSyncer syncer = builder().build();

    assertThatThrownBy(syncer::start)
        .isInstanceOfSatisfying(
            SyncException.class,
            e -> assertThat(e.kind()).isEqualTo(SyncException.Kind.CONFIGURATION))
        .hasMessageContaining("does not exist");

    assertThat(syncer.state().phase()).isEqualTo(SyncerState.Phase.FAILED);
    assertThatThrownBy(syncer::awaitStopped).isInstanceOf(SyncException.class);
    Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(ourThreads()).isEmpty());
  }

  @Test
  @SuppressWarnings("try") // closing it here is what is tested
  void theSecondStandsByAndTakesOver() throws Exception {
    try (SyncRuntime runtime = SyncRuntime.builder().workers(4).build();
        UpstreamSyncer first = builder().runtime(runtime).build();
        UpstreamSyncer second = builder().runtime(runtime).build()) {
      first.start();
      first.awaitInSync(LIMIT);

      second.start();
      assertThat(second.state().phase()).isEqualTo(SyncerState.Phase.STANDBY);
      first.close();

      second.awaitInSync(LIMIT);
      assertThat(second.state().phase()).isEqualTo(SyncerState.Phase.RUNNING);
      edge.as("kubectl").apply(Manifests.configMap(NS, "later", "a: b"));
      shop.await("configmaps", NS, "later", map -> true);
    }
  }

  @Test
  void aPhysicalClusterThatIsDownIsAConditionAndClearsItself() throws Exception {
    Faults.Fault down = edge.faults().on(Verb.GET, "*").respond(503);
    Faults.Fault downToo = edge.faults().on(Verb.LIST, "*").respond(503);
    try (UpstreamSyncer syncer = builder().build()) {
      syncer.start();
      awaitCondition("Ready", "False", "DiscoveryFailed");
      assertThat(shop.find("configmaps", NS, "web-config")).isEmpty();

      down.lift();
      downToo.optional().lift();

      syncer.awaitInSync(LIMIT);
      awaitCondition("Ready", "True", "Ready");
      assertThat(shop.find("configmaps", NS, "web-config")).isPresent();
    }
  }

  @Test
  void aSpecThatTurnsInvalidLeavesTheLastOneInForce() throws Exception {
    try (UpstreamSyncer syncer = builder().build()) {
      syncer.start();
      syncer.awaitInSync(LIMIT);

      shop.as("admin").set(TARGETS, "", TARGET, "spec.upstreamSync.conflict.strategy", "nobodys");
      ObjectTree told = awaitCondition("SpecAccepted", "False", "InvalidSpec");
      assertThat(told.string("status.conditions[type=\"SpecAccepted\"].message").orElseThrow())
          .contains("spec.upstreamSync.conflict.strategy")
          .contains("nobodys")
          .contains("three-way-merge");

      edge.as("kubectl").apply(Manifests.configMap(NS, "later", "a: b"));
      shop.await("configmaps", NS, "later", map -> true);
      shop.as("admin")
          .set(TARGETS, "", TARGET, "spec.upstreamSync.conflict.strategy", "server-side-wins");
      awaitCondition("SpecAccepted", "True", "Valid");
    }
  }

  @Test
  void withoutUpstreamSyncNothingIsWrittenAndNothingDeleted() throws Exception {
    try (UpstreamSyncer syncer = builder().build()) {
      syncer.start();
      syncer.awaitInSync(LIMIT);

      shop.as("admin").set(TARGETS, "", TARGET, "spec", Map.of("unschedulable", false));
      awaitCondition("Ready", "False", "Inactive");

      assertThat(shop.find("configmaps", NS, "web-config")).isPresent();
      edge.as("kubectl").delete("configmaps", NS, "web-config");
      assertThat(syncer.state().phase()).isEqualTo(SyncerState.Phase.BLOCKED);
      assertThat(shop.find("configmaps", NS, "web-config")).isPresent();
    }
  }

  @Test
  void pausedNothingIsWritten() throws Exception {
    try (UpstreamSyncer syncer = builder().build()) {
      syncer.start();
      syncer.awaitInSync(LIMIT);
      shop.as("admin").set(TARGETS, "", TARGET, "spec.upstreamSync.paused", true);
      awaitCondition("Ready", "False", "Paused");
      long mark = shop.journal().mark();

      edge.as("kubectl").set("configmaps", NS, "web-config", "data.currency", "CHF");
      shop.await(
          TARGETS,
          "",
          TARGET,
          target -> target.integer("status.upstreamSync.objects.paused").orElse(0) >= 4);
      assertThat(shop.journal().since(mark).of(Verb.APPLY, "configmaps").requests()).isEmpty();

      shop.as("admin").set(TARGETS, "", TARGET, "spec.upstreamSync.paused", false);
      shop.await(
          "configmaps",
          NS,
          "web-config",
          map -> map.string("data.currency").filter("CHF"::equals).isPresent());
    }
  }

  @Test
  void anotherClusterBehindTheAddressStopsEverything(@Cluster("other") TestCluster other)
      throws Exception {
    try (UpstreamSyncer syncer = builder().build()) {
      syncer.start();
      syncer.awaitInSync(LIMIT);
    }
    edge = other; // empty: nothing that was pulled is there

    try (UpstreamSyncer syncer = builder().build()) {
      syncer.start();
      ObjectTree told = awaitCondition("Ready", "False", "PhysicalClusterChanged");

      assertThat(told.items("status.upstreamSync.holds"))
          .extracting(hold -> hold.string("type").orElseThrow())
          .containsExactly("PhysicalClusterChanged");
      assertThat(shop.find("configmaps", NS, "web-config")).isPresent();
    }
  }

  @Test
  void oneForbiddenResourceDoesNotStopTheOthers() throws Exception {
    edge.faults().on(Verb.LIST, "services").respond(403);
    try (UpstreamSyncer syncer = builder().build()) {
      syncer.start();
      shop.await("configmaps", NS, "web-config", map -> true);

      ObjectTree told = awaitCondition("SyncerAuthorized", "False", "Forbidden");

      assertThat(told.string("status.conditions[type=\"SyncerAuthorized\"].message").orElseThrow())
          .contains("services");
      assertThat(shop.find("services", NS, "web")).isEmpty();
      syncer.awaitInSync(LIMIT);
    }
  }
}
