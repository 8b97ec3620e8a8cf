package io.kcp.upstream.road;

import static io.kcp.upstream.road.Traps.LIMIT;
import static io.kcp.upstream.road.Traps.NS;
import static io.kcp.upstream.road.Traps.TARGET;
import static io.kcp.upstream.road.Traps.TARGETS;
import static io.kcp.upstream.road.Traps.assertNothingDeleted;
import static io.kcp.upstream.road.Traps.awaitCondition;
import static io.kcp.upstream.road.Traps.awaitTarget;
import static io.kcp.upstream.road.Traps.startedInSync;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.Explanation;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Pauses of everything, one resource, one namespace, one pair: no write, no deletion, and counted.
 */
@ApiServerTest
class PausesIT {
  private static final String SYNC = "metadata.annotations[\"upstream.workload.kcp.io/sync\"]";
  private static final String PAUSED = "status.upstreamSync.objects.paused";

  private TestCluster edge;
  private TestCluster shop;

  @BeforeEach
  void clusters(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    edge.as("kubectl").apply(Manifests.shop(NS));
    shop.as("admin").apply(Manifests.syncTarget(TARGET, NS));
  }

  private void set(String path, Object value) {
    shop.as("admin").set(TARGETS, "", TARGET, path, value);
  }

  private ObjectTree awaitPaused(long count) {
    return awaitTarget(shop, now -> now.integer(PAUSED).orElse(0) == count);
  }

  private void changeBelow() {
    edge.as("kubectl").set("configmaps", NS, "web-config", "data.currency", "CHF");
    edge.as("kubectl").delete("services", NS, "web");
    edge.as("kubectl").apply(Manifests.configMap(NS, "late", "a: b"));
  }

  private void awaitChangesAbove() {
    shop.await(
        "configmaps",
        NS,
        "web-config",
        map -> map.string("data.currency").filter("CHF"::equals).isPresent());
    shop.awaitGone("services", NS, "web");
    shop.await("configmaps", NS, "late", map -> true);
  }

  private Explanation.Verdict verdict(UpstreamSyncer syncer, String resource, String name) {
    return syncer.explain(ObjectKey.physical(resource, NS, name)).verdict();
  }

  @Test
  void ofEverythingUntilATimeAndOnlyWhatIsSelectedCounts() throws Exception {
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      long mark = shop.journal().mark();
      Instant until = Instant.now().plusSeconds(6).truncatedTo(ChronoUnit.SECONDS);
      ObjectTree spec = shop.find(TARGETS, "", TARGET).orElseThrow();
      ObjectTree paused =
          spec.with("spec.upstreamSync.paused", true)
              .with("spec.upstreamSync.pausedUntil", until.toString());
      set("spec", paused.tree("spec").orElseThrow().asMap());
      awaitPaused(4);
      changeBelow();

      awaitCondition(shop, "Ready", "True", "");
      awaitChangesAbove();
      assertThat(shop.journal().since(mark).of(Verb.DELETE, "services").requests()).hasSize(1);
      syncer.awaitInSync(LIMIT);
    }
  }

  @Test
  void ofOneResource() throws Exception {
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      set("spec.upstreamSync.resources[group=\"\",resource=\"configmaps\"].paused", true);
      awaitPaused(1); // the one that is selected; "internal" and the root certificates are not
      changeBelow();

      shop.awaitGone("services", NS, "web");
      ObjectTree told = awaitPaused(2);
      assertThat(
              told.string(
                  "status.upstreamSync.resources[group=\"\",resource=\"configmaps\"].state"))
          .contains("Paused");
      assertThat(verdict(syncer, "configmaps", "web-config")).isEqualTo(Explanation.Verdict.PAUSED);
      assertThat(verdict(syncer, "configmaps", "internal"))
          .isEqualTo(Explanation.Verdict.NOT_SELECTED);
      assertThat(shop.find("configmaps", NS, "late")).isEmpty();

      set("spec.upstreamSync.resources[group=\"\",resource=\"configmaps\"].paused", false);
      awaitChangesAbove();
    }
  }

  @Test
  void ofOneNamespaceOnEitherSide() throws Exception {
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      for (TestCluster side : List.of(edge, shop)) {
        long mark = shop.journal().mark();
        side.as("tenant").set("namespaces", "", NS, SYNC, "disabled");
        awaitPaused(4);
        edge.as("kubectl").set("configmaps", NS, "web-config", "data.currency", "X" + mark);
        syncer.awaitInSync(LIMIT);
        assertThat(syncer.explain(ObjectKey.physical("configmaps", NS, "web-config")).reason())
            .isEqualTo("NamespaceDisabled");
        assertNothingDeleted(shop, mark);
        side.as("tenant").set("namespaces", "", NS, SYNC, "enabled");
        shop.await(
            "configmaps",
            NS,
            "web-config",
            map -> map.string("data.currency").filter(("X" + mark)::equals).isPresent());
        awaitPaused(0);
      }
    }
  }

  @Test
  void ofOnePairOnEitherSide() throws Exception {
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      edge.as("kubectl").set("configmaps", NS, "web-config", SYNC, "disabled");
      shop.as("tenant").set("services", NS, "web", SYNC, "disabled");
      awaitPaused(2);
      long mark = shop.journal().mark();
      changeBelow();
      shop.await("configmaps", NS, "late", map -> true);
      syncer.awaitInSync(LIMIT);
      awaitPaused(2);
      assertNothingDeleted(shop, mark);
      assertThat(verdict(syncer, "services", "web")).isEqualTo(Explanation.Verdict.PAUSED);

      edge.as("kubectl").set("configmaps", NS, "web-config", "metadata.annotations", Map.of());
      shop.as("tenant").set("services", NS, "web", SYNC, "enabled");
      awaitChangesAbove();
    }
  }
}
