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

import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What looks as if everything had been deleted: nothing is, and the SyncTarget says why. */
@ApiServerTest
class DeletionTrapsIT {
  private static final String CRDS = "customresourcedefinitions.apiextensions.k8s.io";
  private static final int MANY = 12; // the budget's floor is 10

  private InMemoryApiServer edge;
  private TestCluster shop;

  @BeforeEach
  void clusters(@Cluster("edge") InMemoryApiServer edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    edge.as("kubectl").apply(Manifests.shop(NS));
    shop.as("admin").apply(Manifests.syncTarget(TARGET, NS));
  }

  private void manyConfigMaps() {
    for (int i = 0; i < MANY; i++) {
      edge.as("kubectl").apply(Manifests.configMap(NS, "many-" + i, "a: b"));
    }
  }

  private long copies() {
    return java.util.stream.IntStream.range(0, MANY)
        .filter(i -> shop.find("configmaps", NS, "many-" + i).isPresent())
        .count();
  }

  private boolean isSelectedCopyThere() {
    return shop.find("configmaps", NS, "web-config").isPresent();
  }

  @Test
  void aListThatIsForbiddenIsNoEmptyList() throws Exception {
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      long mark = shop.journal().mark();
      edge.faults().on(Verb.LIST, "configmaps").respond(403);
      edge.faults().on(Verb.WATCH, "configmaps").respond(403).optional();
      edge.faults().on(Verb.GET, "configmaps").respond(403).optional();

      edge.restart(false);

      awaitCondition(shop, "SyncerAuthorized", "False", "configmaps");
      assertThat(syncer.state().resources()).containsValue("Forbidden");
      assertNothingDeleted(shop, mark);
      assertThat(isSelectedCopyThere()).isTrue();
    }
  }

  @Test
  void aListThatLostRightsHaveEmptiedIsNoEvidence() throws Exception {
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      long mark = shop.journal().mark();
      edge.faults()
          .on(Verb.LIST, "configmaps")
          .respondText(
              200,
              """
              {"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"999999999"},"items":[]}
              """);
      edge.faults().on(Verb.GET, "configmaps").respond(403);
      edge.faults().on(Verb.WATCH, "configmaps").times(1).expire();

      edge.restart(false);

      awaitCondition(shop, "ResourcesSynced", "False", "configmaps/" + NS + "/web-config");
      assertNothingDeleted(shop, mark);
      assertThat(isSelectedCopyThere()).isTrue();
      assertThat(syncer.explain(ObjectKey.physical("configmaps", NS, "web-config")).reason())
          .isEqualTo("Forbidden");
    }
  }

  @Test
  void aReplicaThatHasFallenBehindIsNotBelieved() throws Exception {
    Faults.Fault stale = edge.faults().on(Verb.LIST, "configmaps").stale();
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      edge.as("kubectl").apply(Manifests.configMap(NS, "new", "a: b"));
      shop.await("configmaps", NS, "new", copy -> true);
      long mark = shop.journal().mark();
      edge.faults().on(Verb.WATCH, "configmaps").times(1).expire();

      edge.restart(false);

      awaitTarget(shop, now -> Traps.holds(now, "PhysicalVersionsWentBack"));
      assertThat(stale.hits()).isPositive();
      assertNothingDeleted(shop, mark);
      stale.lift();

      awaitCondition(shop, "Ready", "True", "");
      syncer.awaitInSync(LIMIT);
      assertNothingDeleted(shop, mark);
      assertThat(shop.find("configmaps", NS, "new")).isPresent();
    }
  }

  @Test
  void aTypeThatIsUninstalledTakesNothingWithIt() throws Exception {
    for (TestCluster cluster : List.of(edge, shop)) {
      cluster.as("kubectl").apply(Manifests.widgets());
    }
    applyWidget();
    addResource("example.com", "widgets");
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      shop.await("widgets.example.com", NS, "w", widget -> true);
      long mark = shop.journal().mark();

      edge.as("kubectl").delete(CRDS, "", "widgets.example.com");

      ObjectTree told = awaitCondition(shop, "ResourcesSynced", "False", "widgets.example.com");
      assertThat(
              told.items("status.upstreamSync.resources").stream()
                  .filter(each -> each.string("resource").equals(Optional.of("widgets")))
                  .map(each -> each.string("state").orElseThrow()))
          .containsExactly("NotServed");
      assertNothingDeleted(shop, mark);
      assertThat(shop.find("widgets.example.com", NS, "w")).isPresent();

      edge.as("kubectl").apply(Manifests.widgets());
      applyWidget();
      awaitCondition(shop, "ResourcesSynced", "True", "Synced");
      syncer.awaitInSync(LIMIT);
    }
  }

  /** A type is served only a moment after its definition. */
  private void applyWidget() {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(() -> edge.as("kubectl").apply(Manifests.widget(NS, "w")));
  }

  private void addResource(String group, String resource) {
    List<Object> resources = new ArrayList<>();
    shop.find(TARGETS, "", TARGET)
        .orElseThrow()
        .items("spec.upstreamSync.resources")
        .forEach(each -> resources.add(each.asMap()));
    resources.add(Map.of("group", group, "resource", resource));
    shop.as("admin").set(TARGETS, "", TARGET, "spec.upstreamSync.resources", resources);
  }

  @Test
  void aRelistThatLacksTooManyDeletesNoneUntilAPersonSaysSo() throws Exception {
    manyConfigMaps();
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      assertThat(copies()).isEqualTo(MANY);
      long mark = shop.journal().mark();
      edge.faults().on(Verb.WATCH, "configmaps").times(1).expire();
      Faults.Fault closed = edge.faults().on(Verb.WATCH, "configmaps").respond(503).optional();
      edge.restart(false);
      for (int i = 0; i < MANY; i++) {
        edge.as("kubectl").delete("configmaps", NS, "many-" + i);
      }
      closed.lift();

      ObjectTree told = awaitTarget(shop, now -> held(now) == MANY);

      assertNothingDeleted(shop, mark);
      assertThat(told.string("status.conditions[type=\"DeletionsAllowed\"].message").orElseThrow())
          .contains(Traps.hold(told, "Deletions").string("id").orElseThrow());
      Traps.release(shop, Traps.hold(told, "Deletions").string("id").orElseThrow());
      Awaitility.await().atMost(LIMIT).until(() -> copies() == 0);
      awaitCondition(shop, "DeletionsAllowed", "True", "");
      assertThat(isSelectedCopyThere()).isTrue();
      syncer.awaitInSync(LIMIT);
    }
  }

  private static long held(ObjectTree target) {
    return target.items("status.upstreamSync.holds").stream()
        .mapToLong(hold -> hold.integer("count").orElse(0))
        .sum();
  }

  @Test
  void aSpecThatSelectsMuchLessDeletesNoneUntilAPersonSaysSo() throws Exception {
    manyConfigMaps();
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      long mark = shop.journal().mark();

      shop.as("admin")
          .set(
              TARGETS,
              "",
              TARGET,
              "spec.upstreamSync.objectSelector",
              Map.of("matchLabels", Map.of("nobody", "has-this")));

      // web-config and the many; the few others are within the budget
      ObjectTree told = awaitTarget(shop, now -> held(now) == MANY + 1);
      assertThat(copies()).isEqualTo(MANY);
      assertThat(shop.journal().since(mark).of(Verb.DELETE, "configmaps").requests()).isEmpty();
      Traps.release(shop, Traps.hold(told, "Deletions").string("id").orElseThrow());
      Awaitility.await().atMost(LIMIT).until(() -> copies() == 0);
      syncer.awaitInSync(LIMIT);
    }
  }

  @Test
  void aHoldOutlivesARestartAndSoDoesItsRelease() throws Exception {
    manyConfigMaps();
    startedInSync(edge, shop).close();
    for (int i = 0; i < MANY; i++) {
      edge.as("kubectl").delete("configmaps", NS, "many-" + i);
    }
    String id;
    try (UpstreamSyncer syncer = Traps.syncer(edge, shop)) {
      syncer.start();
      ObjectTree told = awaitTarget(shop, now -> held(now) == MANY);
      id = Traps.hold(told, "Deletions").string("id").orElseThrow();
    }
    Traps.release(shop, id);

    try (UpstreamSyncer syncer = Traps.syncer(edge, shop)) {
      syncer.start();
      Awaitility.await().atMost(LIMIT).until(() -> copies() == 0);
    }
  }
}
