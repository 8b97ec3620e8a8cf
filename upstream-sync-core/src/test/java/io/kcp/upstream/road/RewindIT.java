package io.kcp.upstream.road;

import static io.kcp.upstream.road.Traps.LIMIT;
import static io.kcp.upstream.road.Traps.NS;
import static io.kcp.upstream.road.Traps.TARGET;
import static io.kcp.upstream.road.Traps.assertNothingDeleted;
import static io.kcp.upstream.road.Traps.awaitCondition;
import static io.kcp.upstream.road.Traps.awaitTarget;
import static io.kcp.upstream.road.Traps.startedInSync;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.SyncerState;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.testkit.TestCluster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The physical cluster's etcd is restored from a backup: its versions run backwards. */
@ApiServerTest
class RewindIT {
  private static final String WENT_BACK = "PhysicalVersionsWentBack";

  private InMemoryApiServer edge;
  private TestCluster shop;

  @BeforeEach
  void clusters(@Cluster("edge") InMemoryApiServer edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    edge.as("kubectl").apply(Manifests.shop(NS));
    for (int i = 0; i < 40; i++) { // versions worth losing
      edge.as("kubectl").set("configmaps", NS, "internal", "data.a", "b" + i);
    }
    shop.as("admin").apply(Manifests.syncTarget(TARGET, NS));
  }

  private ObjectTree awaitHold() {
    return awaitTarget(shop, now -> Traps.holds(now, WENT_BACK));
  }

  private String currency() {
    return shop.find("configmaps", NS, "web-config")
        .flatMap(map -> map.string("data.currency"))
        .orElse("");
  }

  @Test
  void everythingWaitsUntilAPersonReleasesIt() throws Exception {
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      long mark = shop.journal().mark();
      edge.restart(true);
      edge.as("kubectl").delete("services", NS, "web");
      edge.as("kubectl").set("configmaps", NS, "web-config", "data.currency", "DM");

      ObjectTree told = awaitHold();
      awaitCondition(shop, "Ready", "False", WENT_BACK);

      assertThat(syncer.state().phase()).isEqualTo(SyncerState.Phase.BLOCKED);
      assertNothingDeleted(shop, mark);
      assertThat(shop.find("services", NS, "web")).isPresent();
      assertThat(currency()).isEqualTo("EUR");

      Traps.release(shop, Traps.hold(told, WENT_BACK).string("id").orElseThrow());

      shop.awaitGone("services", NS, "web");
      shop.await(
          "configmaps",
          NS,
          "web-config",
          map -> map.string("data.currency").filter("DM"::equals).isPresent());
      awaitCondition(shop, "Ready", "True", "");
      syncer.awaitInSync(LIMIT);
      assertThat(awaitTarget(shop, now -> !Traps.holds(now, WENT_BACK))).isNotNull();
    }
  }

  @Test
  void aRestartedSyncerRemembersWhatVersionsItSaw() throws Exception {
    UpstreamSyncer first = startedInSync(edge, shop);
    first.close();
    edge.restart(true);
    edge.as("kubectl").delete("services", NS, "web");
    long mark = shop.journal().mark();
    String id;
    try (UpstreamSyncer second = Traps.syncer(edge, shop)) {
      second.start();
      id = Traps.hold(awaitHold(), WENT_BACK).string("id").orElseThrow();
    }
    try (UpstreamSyncer third = Traps.syncer(edge, shop)) {
      third.start();
      awaitCondition(shop, "Ready", "False", WENT_BACK);
      ObjectTree told = awaitHold();

      assertThat(Traps.hold(told, WENT_BACK).string("id")).contains(id);
      assertNothingDeleted(shop, mark);
      Traps.release(shop, id);
      shop.awaitGone("services", NS, "web");
      third.awaitInSync(LIMIT);
    }
  }

  @Test
  void whoReleasedOneReleasedNoLaterOne() throws Exception {
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      edge.restart(true);
      String first = Traps.hold(awaitHold(), WENT_BACK).string("id").orElseThrow();
      Traps.release(shop, first);
      awaitCondition(shop, "Ready", "True", "");
      syncer.awaitInSync(LIMIT);

      for (int i = 0; i < 40; i++) {
        edge.as("kubectl").set("configmaps", NS, "web-config", "data.features", "search" + i);
      }
      syncer.awaitInSync(LIMIT);
      edge.restart(true);

      assertThat(Traps.hold(awaitHold(), WENT_BACK).string("id"))
          .isNotEmpty()
          .get()
          .isNotEqualTo(first);
    }
  }
}
