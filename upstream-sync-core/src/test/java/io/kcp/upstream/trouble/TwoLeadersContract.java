package io.kcp.upstream.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two syncers that both believe they lead: one that no longer hears of the physical cluster and
 * goes on by what it knows, and one that began after it.
 */
@Timeout(90)
abstract class TwoLeadersContract {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static int tests;

  private final String ns = "two-" + ++tests;
  private final String target = "edge-two-" + tests;
  private final Wire below = new Wire();
  private final Wire above = new Wire();
  private TestCluster edge;
  private TestCluster shop;
  private UpstreamSyncer older;
  private UpstreamSyncer newer;

  @BeforeEach
  void begin(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop)
      throws Exception {
    this.edge = edge;
    this.shop = shop;
    edge.as("kubectl")
        .apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(ns));
    config("one");
    shop.as("admin").apply(target());
    older = syncer(below.client(edge.readOnlyClient()), above.client(shop.client()));
    older.start();
    older.awaitInSync(LIMIT);
  }

  @AfterEach
  void stop() {
    above.letGo();
    below.cut();
    above.cut();
    older.close();
    if (newer != null) {
      newer.close();
    }
  }

  private UpstreamSyncer syncer(ApiClient physical, ApiClient workspace) {
    return UpstreamSyncer.builder(PhysicalCluster.of(physical), Workspace.of(workspace), target)
        .plugins(Plugins.none())
        .config(
            SyncerConfig.defaults()
                .with(new SyncerConfig.Retry(Duration.ofMillis(50), Duration.ofMillis(500), 0.2))
                .with(new SyncerConfig.Fights(1000, Duration.ofMinutes(1))))
        .withoutLease()
        .build();
  }

  private void startNewer() throws Exception {
    newer = syncer(edge.readOnlyClient(), shop.client());
    newer.start();
    newer.awaitInSync(LIMIT);
  }

  private String target() {
    return """
        apiVersion: workload.kcp.io/v1alpha1
        kind: SyncTarget
        metadata: {name: %s}
        spec:
          upstreamSync:
            namespaces: {include: ["%s"]}
            resources: [{resource: configmaps}]
            conflict: {strategy: client-side-wins}
        """
        .formatted(target, ns);
  }

  private void config(String value) {
    edge.as("kubectl")
        .forceApply(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: web, namespace: %s}
            data: {n: %s}
            """
                .formatted(ns, value));
  }

  private ObjectTree awaitCopy(String value) {
    return shop.await(
        "configmaps", ns, "web", map -> map.string("data.n").filter(value::equals).isPresent());
  }

  private void drift() {
    shop.as("tenant").set("configmaps", ns, "web", "data.n", "drift");
  }

  /** What the older one wrote on copies, and how it was answered. */
  private List<String> writesOfTheOlder() {
    return above.writes().stream().filter(write -> write.contains("/configmaps")).toList();
  }

  @Test
  void aWriteThatComesLateIsRefused() throws Exception {
    above.holdWrites("/configmaps");
    drift();
    above.awaitHeld();
    below.cut();
    config("two");
    startNewer();
    awaitCopy("two");
    int before = writesOfTheOlder().size();

    above.letGo();
    shop.as("tenant").set("configmaps", ns, "web", "metadata.labels.seen", "yes");
    drift();

    awaitCopy("two");
    await().atMost(LIMIT).until(() -> writesOfTheOlder().size() > before);
    assertThat(writesOfTheOlder().subList(before, writesOfTheOlder().size()))
        .allMatch(write -> write.endsWith(": 409"));
  }

  @Test
  void whatTheOlderOneKnowsNeverComesBack() throws Exception {
    below.cut();
    config("two");
    startNewer();
    awaitCopy("two");
    int before = writesOfTheOlder().size();

    for (int i = 0; i < 10; i++) {
      drift();
      awaitCopy("two");
    }

    assertThat(writesOfTheOlder().subList(before, writesOfTheOlder().size()))
        .allMatch(write -> write.endsWith(": 409"));
  }

  @Test
  void aDeletionThatComesLateIsRefused() throws Exception {
    above.holdWrites("/configmaps");
    edge.as("kubectl").delete("configmaps", ns, "web");
    above.awaitHeld();
    below.cut();
    config("two");
    startNewer();
    ObjectTree copy = awaitCopy("two");

    above.letGo();
    config("three");

    assertThat(awaitCopy("three").string("metadata.uid")).isEqualTo(copy.string("metadata.uid"));
    await()
        .atMost(LIMIT)
        .until(() -> writesOfTheOlder().stream().anyMatch(write -> write.startsWith("DELETE")));
    assertThat(writesOfTheOlder().stream().filter(write -> write.startsWith("DELETE")))
        .allMatch(write -> write.endsWith(": 409"));
  }
}
