package io.kcp.upstream.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A type leaves the selection while no syncer runs: its copies go, also where the status does not
 * know of them.
 */
@ApiServerTest
@SuppressWarnings("try") // a syncer is there to run, and not asked
class FormerTypesIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String TARGET = "edge-1";
  private static final String NS = "shop";
  private static final Place WIDGET = new Place(Kind.WIDGET, NS, "w");

  private TestCluster edge;
  private TestCluster shop;

  @BeforeEach
  void clusters(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    Kind.install(edge);
    Kind.install(shop);
    edge.as("kubectl").apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    edge.as("kubectl").apply(Kind.WIDGET.yaml(WIDGET, Map.of(), 1, false));
    edge.as("kubectl")
        .apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: shop}}");
    select(
        shop, "{resource: configmaps}, {group: %s, resource: %s}".formatted(group(), resource()));
  }

  private static String group() {
    return Kind.WIDGET.groupResource().group();
  }

  private static String resource() {
    return Kind.WIDGET.groupResource().resource();
  }

  /** What a SyncTarget edge-1 pulls of the namespace shop; flow style. */
  static void select(TestCluster shop, String resources) {
    shop.as("admin")
        .forceApply(
            """
            apiVersion: workload.kcp.io/v1alpha1
            kind: SyncTarget
            metadata: {name: edge-1}
            spec:
              upstreamSync:
                namespaces: {include: [shop]}
                resources: [%s]
            """
                .formatted(resources));
  }

  private UpstreamSyncer started() throws Exception {
    UpstreamSyncer syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), TARGET)
            .plugins(Plugins.none())
            .config(
                SyncerConfig.defaults()
                    .with(
                        new SyncerConfig.Retry(Duration.ofMillis(20), Duration.ofMillis(300), 0.2)))
            .build();
    syncer.start();
    return syncer;
  }

  private void pull() throws Exception {
    try (UpstreamSyncer syncer = started()) {
      syncer.awaitInSync(LIMIT);
    }
    assertThat(widget()).isTrue();
  }

  /** As after an end at the worst instant: the copies are there, and no status was written. */
  private void pullUntold() throws Exception {
    Faults.Fault mute = shop.faults().on(Verb.APPLY, World.TARGETS + "/status").respond(500);
    pull();
    mute.lift();
    assertThat(named()).isEmpty();
  }

  private boolean widget() {
    return shop.find(Kind.WIDGET.resource, NS, "w").isPresent();
  }

  private List<String> named() {
    ObjectTree target = shop.find(World.TARGETS, "", TARGET).orElseThrow();
    return target.items("status.upstreamSync.resources").stream()
        .map(each -> each.string("resource").orElseThrow())
        .toList();
  }

  private void awaitWithdrawn() {
    shop.awaitGone(Kind.WIDGET.resource, NS, "w");
    assertThat(shop.find("configmaps", NS, "c")).isPresent();
  }

  @Test
  void theWorkspaceIsAskedWhereTheStatusDoesNotKnow() throws Exception {
    pullUntold();
    select(shop, "{resource: configmaps}");

    try (UpstreamSyncer syncer = started()) {
      awaitWithdrawn();
      syncer.awaitInSync(LIMIT);
    }

    assertThat(named())
        .as("a namespace that only copies needed is no copy")
        .containsExactlyInAnyOrder("configmaps", resource());
  }

  @Test
  void aWorkspaceThatDoesNotAnswerIsAskedAgain() throws Exception {
    pullUntold();
    select(shop, "{resource: configmaps}");
    shop.faults().on(Verb.LIST, Kind.WIDGET.resource).times(2).respond(503);

    try (UpstreamSyncer syncer = started()) {
      awaitWithdrawn();
    }
  }

  @Test
  void aRefusalIsNoAnswerForEver() throws Exception {
    pullUntold();
    select(shop, "{resource: configmaps}");
    shop.faults().on(Verb.LIST, Kind.WIDGET.resource).times(1).respond(403);

    try (UpstreamSyncer syncer = started()) {
      syncer.awaitInSync(LIMIT);
      assertThat(widget()).isTrue();

      shop.as("installer").set(Kind.CRDS, "", Kind.WIDGET.resource, "metadata.labels.a", "b");

      awaitWithdrawn();
    }
  }

  @Test
  void whatWasPulledBeforeASyncTargetFellAsleepIsNotForgotten() throws Exception {
    Faults.Fault mute = shop.faults().on(Verb.APPLY, World.TARGETS + "/status").respond(500);
    try (UpstreamSyncer syncer = started()) {
      syncer.awaitInSync(LIMIT);
      shop.as("admin").set(World.TARGETS, "", TARGET, "spec", Map.of("unschedulable", false));
      await().atMost(LIMIT).until(() -> syncer.state().reason().equals("Inactive"));
      mute.lift();

      select(shop, "{resource: configmaps}");

      awaitWithdrawn();
    }
  }

  @Test
  void copiesOfATypeThatIsNotServedBelowStayAndAreNamedUntilItIs() throws Exception {
    pull();
    select(shop, "{resource: configmaps}");
    Kind.uninstall(edge);
    for (int i = 0; i < 2; i++) {
      try (UpstreamSyncer syncer = started()) {
        syncer.awaitInSync(LIMIT);
      }
      assertThat(named()).contains(resource());
      assertThat(widget()).isTrue();
    }

    try (UpstreamSyncer syncer = started()) {
      syncer.awaitInSync(LIMIT);
      Kind.install(edge);

      awaitWithdrawn();
    }
  }

  @Test
  void whatHasNoCopiesIsNotNamed() throws Exception {
    pull();
    Kind.uninstall(edge);
    select(shop, "{resource: configmaps}");
    shop.as("admin").delete(Kind.WIDGET.resource, NS, "w");

    try (UpstreamSyncer syncer = started()) {
      syncer.awaitInSync(LIMIT);
    }

    assertThat(named()).containsExactly("configmaps");
  }

  /** Also when the status is written once more before anything can be read. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRestartWithTheSameSpecAsksForNothingMore(boolean toldFirst) throws Exception {
    select(shop, "{resource: configmaps}");
    try (UpstreamSyncer syncer = started()) {
      syncer.awaitInSync(LIMIT);
    }
    long mark = shop.journal().mark();
    Optional<Faults.Fault> blind =
        toldFirst
            ? Optional.of(edge.faults().on(Verb.GET, "namespaces").respond(503))
            : Optional.empty();

    try (UpstreamSyncer syncer = started()) {
      if (blind.isPresent()) {
        shop.await(World.TARGETS, "", TARGET, FormerTypesIT::saysThatItIsBlind);
        blind.get().lift();
      }
      syncer.awaitInSync(LIMIT);
    }

    assertThat(shop.journal().since(mark).of(Verb.LIST, "secrets").requests()).isEmpty();
    assertThat(shop.journal().since(mark).of(Verb.LIST, Kind.WIDGET.resource).requests()).isEmpty();
  }

  private static boolean saysThatItIsBlind(ObjectTree target) {
    return target
        .string("status.conditions[type=\"SyncerReady\"].reason")
        .filter("DiscoveryFailed"::equals)
        .isPresent();
  }
}
