package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.MicrometerMeters;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncRuntime;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator sees beside the copies: Events and meters. */
@ApiServerTest
class EventsIT {
  private static final String NS = "shop";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SyncRuntime runtime =
      SyncRuntime.builder().workers(4).meters(MicrometerMeters.of(registry)).build();
  private TestCluster edge;
  private TestCluster shop;
  private UpstreamSyncer syncer;

  @BeforeEach
  void clusters(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    edge.as("kubectl").apply(Manifests.shop(NS));
    shop.as("admin").apply(Manifests.syncTarget("edge-1", NS));
    shop.as("tenant").apply(Manifests.namespace(NS));
  }

  @AfterEach
  void stop() {
    runtime.close();
  }

  private void start() throws Exception {
    syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "edge-1")
            .plugins(Plugins.none())
            .runtime(runtime)
            .withoutLease()
            .build();
    syncer.start();
    syncer.awaitInSync(LIMIT);
  }

  @Test
  void aNameCollisionIsOneEventAlsoAfterARestart() throws Exception {
    shop.as("tenant").apply(Manifests.configMap(NS, "web-config", "mine: \"yes\""));

    start();
    syncer.close();
    start();
    syncer.close();

    assertThat(events()).hasSize(1);
    CoreV1Event event = events().get(0);
    assertThat(event.getReason()).isEqualTo("NameCollision");
    assertThat(event.getType()).isEqualTo("Warning");
    assertThat(event.getMessage()).startsWith("configmaps/shop/web-config: ");
    assertThat(event.getInvolvedObject().getKind()).isEqualTo("SyncTarget");
    assertThat(event.getInvolvedObject().getUid())
        .isEqualTo(uid("synctargets.workload.kcp.io", "", "edge-1"));
    assertThat(event.getReportingComponent()).isEqualTo("upstream-sync");
    assertThat(event.getCount()).isEqualTo(1);
  }

  @Test
  void aRestoredCopyHasAnEventOfItsOwn() throws Exception {
    start();

    shop.as("tenant").delete("services", NS, "web");

    await().atMost(LIMIT).untilAsserted(() -> assertThat(events()).hasSize(1));
    CoreV1Event event = events().get(0);
    assertThat(event.getReason()).isEqualTo("Restored");
    assertThat(event.getType()).isEqualTo("Normal");
    assertThat(event.getMetadata().getNamespace()).isEqualTo(NS);
    assertThat(event.getInvolvedObject().getUid()).isEqualTo(uid("services", NS, "web"));
  }

  @Test
  void aSecretsValueIsInNoEvent() throws Exception {
    shop.as("tenant")
        .apply(
            Manifests.configMap(NS, "login", "a: b")
                .replace("ConfigMap", "Secret")
                .replace("\ndata:", "\nstringData:"));

    start();
    syncer.close();

    assertThat(events()).hasSize(1);
    assertThat(events().get(0).toString())
        .contains("secrets/shop/login")
        .doesNotContain("very-secret", "dmVyeS1zZWNyZXQ");
  }

  @Test
  void nothingIsSaidWhereAllIsWell() throws Exception {
    start();
    syncer.close();

    assertThat(events()).isEmpty();
  }

  @Test
  void metersFollowTheSyncer() throws Exception {
    shop.as("tenant").apply(Manifests.configMap(NS, "web-config", "mine: \"yes\""));

    start();

    assertThat(objects("synced")).isEqualTo(3);
    assertThat(objects("skipped")).isEqualTo(1);
    assertThat(
            registry.get("upstream.sync.outcomes").tag("reason", "NameCollision").counter().count())
        .isGreaterThanOrEqualTo(1);
    await()
        .atMost(LIMIT)
        .until(() -> registry.get("upstream.sync.status.writes").functionCounter().count() >= 1);
    syncer.close();
    assertThat(registry.find("upstream.sync.objects").gauge()).isNull();
  }

  private double objects(String verdict) {
    return registry.get("upstream.sync.objects").tag("verdict", verdict).gauge().value();
  }

  private List<CoreV1Event> events() throws Exception {
    return new CoreV1Api(shop.client()).listEventForAllNamespaces().execute().getItems();
  }

  private String uid(String resource, String namespace, String name) {
    return shop.find(resource, namespace, name)
        .flatMap(object -> object.string("metadata.uid"))
        .orElseThrow();
  }
}
