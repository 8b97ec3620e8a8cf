package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.Explanation;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plan;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Journal;
import io.kcp.upstream.testkit.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job, start to end, on whatever serves. Each test has a namespace of its own. */
abstract class RoadContract {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String IMAGE = "spec.template.spec.containers[name=\"web\"].image";
  private static int tests;

  private final String ns = "shop-" + ++tests;
  private final String target = "edge-" + tests;
  private TestCluster edge;
  private TestCluster shop;
  private UpstreamSyncer syncer;

  @BeforeEach
  void clusters(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    edge.as("kubectl").apply(Manifests.shop(ns));
    shop.as("admin").apply(Manifests.syncTarget(target, ns));
  }

  @AfterEach
  void stop() {
    if (syncer != null) {
      syncer.close();
    }
  }

  private void start() throws Exception {
    syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), target)
            .plugins(Plugins.none())
            .config(
                SyncerConfig.defaults()
                    .with(
                        new SyncerConfig.Retry(Duration.ofMillis(50), Duration.ofSeconds(2), 0.2)))
            .build();
    syncer.start();
    syncer.awaitInSync(LIMIT);
  }

  private ObjectKey physical(String resource, String name) {
    return ObjectKey.physical(resource, ns, name);
  }

  @Test
  void pullsUpWhatIsSelectedAndNothingElse() throws Exception {
    start();

    ObjectTree web = shop.find("deployments.apps", ns, "web").orElseThrow();
    assertThat(web.integer("spec.replicas")).hasValue(3);
    assertThat(web.labels().values()).contains("Upsync");
    assertThat(web.annotations()).containsKey("workload.kcp.io/rv");
    assertThat(shop.find("services", ns, "web")).isPresent();
    assertThat(shop.find("configmaps", ns, "web-config")).isPresent();
    assertThat(shop.find("configmaps", ns, "kube-root-ca.crt")).isEmpty();
    assertThat(shop.find("configmaps", ns, "internal")).as("left out by its label").isEmpty();
    assertThat(shop.find("serviceaccounts", ns, "web")).as("not selected").isEmpty();
    assertThat(syncer.explain(physical("configmaps", "internal")).verdict())
        .isEqualTo(Explanation.Verdict.NOT_SELECTED);
    assertThat(syncer.state().objects()).containsEntry(Explanation.Verdict.SYNCED, 4L);
  }

  @Test
  void changesFollow() throws Exception {
    start();

    edge.as("kubectl").set("deployments.apps", ns, "web", IMAGE, "registry.example.com/web:2");
    edge.as("kubectl").apply(Manifests.configMapWithOneKey(ns));

    shop.await(
        "deployments.apps",
        ns,
        "web",
        web -> web.string(IMAGE).equals(Optional.of("registry.example.com/web:2")));
    ObjectTree config =
        shop.await("configmaps", ns, "web-config", map -> map.string("data.features").isEmpty());
    assertThat(config.string("data.currency")).contains("EUR");
  }

  @Test
  void whatIsNewAppearsAndWhatIsGoneGoes() throws Exception {
    start();

    edge.as("kubectl").apply(Manifests.configMap(ns, "late", "key: value"));
    shop.await("configmaps", ns, "late", map -> map.string("data.key").isPresent());

    edge.as("kubectl").delete("configmaps", ns, "late");
    shop.awaitGone("configmaps", ns, "late");
    edge.as("kubectl").set("configmaps", ns, "web-config", "metadata.labels.expose", "no");
    shop.awaitGone("configmaps", ns, "web-config");
    assertThat(shop.find("deployments.apps", ns, "web")).isPresent();
  }

  @Test
  void aDeletedCopyIsRestored() throws Exception {
    start();

    shop.as("tenant").delete("services", ns, "web");

    shop.await("services", ns, "web", service -> !service.items("spec.ports").isEmpty());
  }

  @Test
  void anObjectMadeAnewInAnotherShapeIsReplaced() throws Exception {
    start();

    edge.as("kubectl").delete("secrets", ns, "login");
    edge.as("kubectl").apply(Manifests.secret(ns, "login", "example.com/other"));

    shop.await(
        "secrets",
        ns,
        "login",
        copy -> copy.string("type").filter("example.com/other"::equals).isPresent());
    syncer.awaitInSync(LIMIT);
  }

  @Test
  void aStrangerOfTheSameNameIsLeftAlone() throws Exception {
    shop.as("tenant").apply(Manifests.namespace(ns));
    shop.as("tenant").apply(Manifests.configMap(ns, "web-config", "mine: \"yes\""));
    String before = version("configmaps", "web-config");

    start();

    assertThat(version("configmaps", "web-config")).isEqualTo(before);
    Explanation why = syncer.explain(physical("configmaps", "web-config"));
    assertThat(why.reason()).isEqualTo("NameCollision");
    edge.as("kubectl").delete("configmaps", ns, "web-config");
    edge.as("kubectl").apply(Manifests.configMap(ns, "marker", "a: b"));
    shop.await("configmaps", ns, "marker", map -> true);
    syncer.awaitInSync(LIMIT);
    assertThat(version("configmaps", "web-config")).isEqualTo(before);
  }

  @Test
  void overAnUnchangedPairARestartWritesNothing() throws Exception {
    edge.as("kubectl").apply(Manifests.oddlyWrittenDeployment(ns));
    start();
    syncer.close();
    long mark = shop.journal().mark();

    start();
    syncer.close();

    assertThat(objectWrites(shop.journal().since(mark))).isEmpty();
  }

  private List<Journal.Request> objectWrites(Journal journal) {
    return journal.writes().requests().stream()
        .filter(request -> !request.dryRun())
        .filter(request -> !request.resource().resource().equals("synctargets"))
        .filter(request -> !request.resource().resource().equals("leases"))
        .toList();
  }

  @Test
  void statusComesUpAndTheSyncTargetSaysSo() throws Exception {
    start();

    edge.as("controller")
        .set("deployments.apps", ns, "web", "status", Map.of("replicas", 3L, "readyReplicas", 2L));

    shop.await(
        "deployments.apps",
        ns,
        "web",
        web -> web.integer("status.readyReplicas").equals(OptionalLong.of(2)));
    ObjectTree reported =
        shop.await(
            "synctargets.workload.kcp.io",
            "",
            target,
            now -> now.integer("status.upstreamSync.objects.synced").equals(OptionalLong.of(4)));
    assertThat(reported.string("status.conditions[type=\"Ready\"].status")).contains("True");
    assertThat(
            reported.string(
                "status.upstreamSync.resources[group=\"apps\",resource=\"deployments\"].state"))
        .contains("Synced");
  }

  @Test
  void aChangedSpecTakesEffectWithoutARestart() throws Exception {
    start();

    shop.as("admin").forceApply(Manifests.syncTargetForConfigMaps(target, ns));

    shop.awaitGone("services", ns, "web");
    shop.awaitGone("deployments.apps", ns, "web");
    assertThat(shop.find("configmaps", ns, "web-config")).isPresent();
  }

  @Test
  void aPlanWritesNothing() throws Exception {
    long mark = shop.journal().mark();
    try (UpstreamSyncer planner =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), target)
            .plugins(Plugins.none())
            .build()) {
      Plan plan = planner.plan();

      assertThat(plan.steps())
          .extracting(Plan.Step::action)
          .containsOnly(Plan.Action.CREATE)
          .hasSizeGreaterThanOrEqualTo(4);
      assertThat(plan.steps())
          .extracting(step -> step.physical().toString())
          .contains("physical:deployments.apps/" + ns + "/web");
    }
    assertThat(shop.journal().since(mark).writes().requests())
        .as("only dry runs")
        .allMatch(Journal.Request::dryRun);
  }

  private String version(String resource, String name) {
    return shop.find(resource, ns, name)
        .flatMap(object -> object.string("metadata.resourceVersion"))
        .orElseThrow();
  }
}
