package io.kcp.upstream.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.Explanation;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers with status 200 that are not what was asked for: nothing is deleted, and it is said. */
@ApiServerTest
class HostileAnswersIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String HTML = "<html><body>Please sign in</body></html>";
  private static final GroupResource CONFIGS = GroupResource.parse("configmaps");

  private InMemoryApiServer edge;
  private TestCluster shop;
  private UpstreamSyncer syncer;

  @BeforeEach
  void start(@Cluster("edge") InMemoryApiServer edge, @Cluster("shop") TestCluster shop)
      throws Exception {
    this.edge = edge;
    this.shop = shop;
    edge.as("kubectl").apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    for (int i = 0; i < 5; i++) {
      config("c" + i, "one");
    }
    shop.as("admin")
        .apply(
            """
            apiVersion: workload.kcp.io/v1alpha1
            kind: SyncTarget
            metadata: {name: edge}
            spec:
              upstreamSync:
                namespaces: {include: [shop]}
                resources: [{resource: configmaps}]
                deletion: {budget: {maxCount: 1000, maxPercent: 100}}
            """);
    syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "edge")
            .plugins(Plugins.none())
            .config(
                SyncerConfig.defaults()
                    .with(
                        new SyncerConfig.Retry(Duration.ofMillis(20), Duration.ofMillis(300), 0.2)))
            .build();
    syncer.start();
    syncer.awaitInSync(LIMIT);
  }

  @AfterEach
  void stop() {
    syncer.close();
  }

  private void config(String name, String value) {
    edge.as("kubectl")
        .forceApply(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: %s, namespace: shop}
            data: {n: %s}
            """
                .formatted(name, value));
  }

  private void allAreThere() {
    for (int i = 0; i < 5; i++) {
      assertThat(shop.find("configmaps", "shop", "c" + i)).isPresent();
    }
  }

  private void follows(String name) {
    config(name, "two");
    shop.await(
        "configmaps", "shop", name, map -> map.string("data.n").filter("two"::equals).isPresent());
  }

  /** Each watch ends at once, and the list that follows is answered so. */
  private void lists(String body) {
    Faults.Fault watches = edge.faults().on(Verb.WATCH, "configmaps").expire();
    Faults.Fault answers = edge.faults().on(Verb.LIST, "configmaps").respondText(200, body);
    edge.restart(false);
    await().atMost(LIMIT).until(() -> answers.hits() > 3);
    allAreThere();
    assertThat(syncer.state().resources().get(CONFIGS)).isNotEqualTo("Synced");
    watches.optional().lift();
    answers.lift();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HTML,
        "",
        "[]",
        "null",
        "{\"items\": 5}",
        "{\"kind\": \"ConfigMapList\", \"metadata\": {\"resourceVersion\": \"7\"}, \"items\": [5, null]}",
        "{\"kind\": \"Status\", \"status\": \"Success\"}"
      })
  void aListThatIsNoneDeletesNothing(String body) {
    lists(body);

    follows("c0");
    allAreThere();
  }

  @Test
  void anEmptyListIsNoEvidence() throws Exception {
    Faults.Fault answers =
        edge.faults()
            .on(Verb.LIST, "configmaps")
            .respondText(
                200,
                "{\"kind\": \"ConfigMapList\", \"apiVersion\": \"v1\", \"metadata\": {\"resourceVersion\": \"999999\"}, \"items\": null}");
    edge.faults().on(Verb.WATCH, "configmaps").expire().optional();
    edge.restart(false);
    await().atMost(LIMIT).until(() -> answers.hits() > 1);
    allAreThere();
  }

  @Test
  void aListOfAbsurdSizeIsSurvived() {
    lists("{\"items\": [\"" + "x".repeat(30_000_000));

    follows("c0");
  }

  @Test
  void aWatchThatIsAWebPageIsSaidAndFollowedAgainLater() {
    Faults.Fault page = edge.faults().on(Verb.WATCH, "configmaps").respondText(200, HTML);
    edge.restart(false);
    await().atMost(LIMIT).until(() -> page.hits() > 3);
    await().atMost(LIMIT).until(() -> !"Synced".equals(syncer.state().resources().get(CONFIGS)));
    allAreThere();
    page.lift();

    follows("c1");
  }

  @Test
  void discoveryThatIsAWebPageIsNotNothingServed() throws Exception {
    List<Faults.Fault> pages =
        List.of(
            edge.faults().on(Verb.GET, "/apis").respondText(200, HTML).optional(),
            edge.faults().on(Verb.GET, "/api").respondText(200, HTML).optional(),
            shop.faults().on(Verb.GET, "/apis").respondText(200, HTML).optional(),
            shop.faults().on(Verb.GET, "/openapi/v3").respondText(200, HTML).optional());
    shop.as("admin").set(World.TARGETS, "", "edge", "metadata.labels.touched", "yes");
    await().atMost(LIMIT).until(() -> pages.stream().mapToInt(Faults.Fault::hits).sum() > 2);

    follows("c2");
    allAreThere();
    pages.forEach(Faults.Fault::lift);
    follows("c3");
    syncer.awaitInSync(LIMIT);
  }

  @Test
  void answersToWritesThatAreWebPagesAreRetriedAndReported() {
    Faults.Fault page = shop.faults().on(Verb.APPLY, "configmaps").respondText(200, HTML);
    config("c4", "two");
    ObjectKey key = ObjectKey.physical("configmaps", "shop", "c4");

    await().atMost(LIMIT).until(() -> syncer.explain(key).attempts() > 3);

    Explanation told = syncer.explain(key);
    assertThat(told.verdict()).isEqualTo(Explanation.Verdict.FAILED);
    Instant next = Objects.requireNonNull(told.nextAttempt());
    assertThat(Duration.between(Instant.now(), next)).isLessThan(Duration.ofSeconds(1));
    follows("c5"); // what fails again and again does not keep others waiting
    page.lift();
    shop.await(
        "configmaps", "shop", "c4", map -> map.string("data.n").filter("two"::equals).isPresent());
  }
}
