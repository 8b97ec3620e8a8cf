package io.kcp.upstream.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.FastTime;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncRuntime;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A type that leaves the selection is watched until its copies have been gone for some minutes. */
@ApiServerTest
class WithdrawnTypeIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int FACTOR = 120;
  private static final String WIDGETS = "{group: trouble.example.com, resource: widgets}";
  private static final String CONFIGS = "{resource: configmaps}";
  private static final Place WIDGET = new Place(Kind.WIDGET, "shop", "w");
  private static final Place SECRET = new Place(Kind.SECRET, "shop", "s");
  private static final String MADE = "POST .*/widgets: 201";

  @BeforeEach
  void widget(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) {
    Kind.install(edge);
    Kind.install(shop);
    edge.as("kubectl").apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    edge.as("kubectl").apply(Kind.WIDGET.yaml(WIDGET, Map.of(), 1, false));
  }

  @Test
  void itsWatchesEndAndBeginAnewWhenItIsSelectedAgain(
      @Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) throws Exception {
    FormerTypesIT.select(shop, CONFIGS + ", " + WIDGETS);
    try (SyncRuntime runtime = FastTime.runtime(4, FACTOR);
        UpstreamSyncer syncer = syncer(edge, shop.client(), runtime)) {
      syncer.start();
      syncer.awaitInSync(LIMIT);
      assertThat(watches()).hasSize(2);

      FormerTypesIT.select(shop, CONFIGS);
      shop.awaitGone(Kind.WIDGET.resource, "shop", "w");
      assertThat(watches()).as("a late write of another syncer may still come").hasSize(2);

      await().atMost(LIMIT).until(() -> watches().isEmpty());
      await().atMost(LIMIT).until(() -> !named(shop).contains("widgets"));
      assertThat(watches()).isEmpty();

      FormerTypesIT.select(shop, CONFIGS + ", " + WIDGETS);
      shop.await(Kind.WIDGET.resource, "shop", "w", copy -> true);
      assertThat(watches()).hasSize(2);
    }
  }

  @Test
  void aCopyThatIsMadeWhileItsTypeLeavesIsWithdrawnThoughNoStatusNamedIt(
      @Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) throws Exception {
    edge.as("kubectl").apply(Kind.SECRET.yaml(SECRET, Map.of(), 1, false));
    FormerTypesIT.select(shop, CONFIGS + ", " + WIDGETS);
    Faults.Fault unnamed = shop.faults().on(Verb.APPLY, World.TARGETS + "/status").respond(403);
    Wire wire = new Wire();
    wire.holdWrites("/widgets");
    try (SyncRuntime runtime = FastTime.runtime(4, FACTOR);
        UpstreamSyncer syncer = syncer(edge, wire.client(shop.client()), runtime)) {
      syncer.start();
      wire.awaitHeld();
      FormerTypesIT.select(shop, CONFIGS + ", {resource: secrets}");
      shop.await(Kind.SECRET.resource, "shop", "s", copy -> true); // so that is in force
      assertThat(named(shop)).isEmpty();

      wire.letGo();

      await().atMost(LIMIT).until(() -> wire.writes().stream().anyMatch(w -> w.matches(MADE)));
      unnamed.lift();
      shop.awaitGone(Kind.WIDGET.resource, "shop", "w");
    }
  }

  private static List<String> watches() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("upstream-sync-watch") && name.contains("widgets"))
        .toList();
  }

  private static List<String> named(TestCluster shop) {
    return shop
        .find(World.TARGETS, "", "edge-1")
        .orElseThrow()
        .items("status.upstreamSync.resources")
        .stream()
        .map(each -> each.string("resource").orElseThrow())
        .toList();
  }

  private static UpstreamSyncer syncer(TestCluster edge, ApiClient shop, SyncRuntime runtime) {
    return UpstreamSyncer.builder(
            PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop), "edge-1")
        .plugins(Plugins.none())
        .runtime(runtime)
        .withoutLease()
        .build();
  }
}
