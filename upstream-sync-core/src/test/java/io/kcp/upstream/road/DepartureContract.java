package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person deletes the SyncTarget: what was pulled up goes first, or is let go. */
abstract class DepartureContract {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String TARGETS = "synctargets.workload.kcp.io";
  private static final String FINALIZER = "upstream.workload.kcp.io/syncer";
  private static final String HELD = "status.upstreamSync.holds";
  private static int tests;

  private final String ns =
      "bye-" + com.google.common.base.Ascii.toLowerCase(getClass().getSimpleName()) + "-" + ++tests;
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

  private void start() {
    syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()),
                Workspace.of(shop.client())
                    .with(new SyncerConfig.Limits(500, 500, 16, 500)), // it looks everywhere
                target)
            .plugins(Plugins.none())
            .config(
                SyncerConfig.defaults()
                    .with(
                        new SyncerConfig.Retry(Duration.ofMillis(50), Duration.ofSeconds(2), 0.2)))
            .build();
    syncer.start();
  }

  private void startInSync() throws Exception {
    start();
    syncer.awaitInSync(LIMIT);
  }

  private void set(String path, Object value) {
    shop.as("admin").set(TARGETS, "", target, path, value);
  }

  private ObjectTree awaitRest(String words) {
    return shop.await(
        TARGETS,
        "",
        target,
        now ->
            now.string("status.conditions[type=\"Ready\"].message")
                .filter(message -> message.contains(words))
                .isPresent());
  }

  private void delete() {
    shop.as("admin").delete(TARGETS, "", target);
  }

  private boolean isNamespaceGoing() {
    Optional<ObjectTree> namespace = shop.find("namespaces", "", ns);
    return namespace.isEmpty() || namespace.get().string("metadata.deletionTimestamp").isPresent();
  }

  private static boolean isMarked(ObjectTree object) {
    return object.labels().keySet().stream().anyMatch(key -> key.contains("workload.kcp.io"))
        || object.annotations().keySet().stream().anyMatch(key -> key.contains("workload.kcp.io"))
        || object.items("metadata.managedFields").stream()
            .anyMatch(entry -> entry.string("manager").orElse("").startsWith("upstream-sync"));
  }

  @Test
  void anActiveSyncTargetHasOurFinalizerAndNoCopyHas() throws Exception {
    startInSync();

    ObjectTree now = shop.find(TARGETS, "", target).orElseThrow();
    assertThat(now.tree("metadata").orElseThrow().asMap())
        .containsEntry("finalizers", List.of(FINALIZER));
    ObjectTree web = shop.find("deployments.apps", ns, "web").orElseThrow();
    assertThat(web.tree("metadata").orElseThrow().asMap()).doesNotContainKey("finalizers");
  }

  @Test
  void everyCopyGoesAndThenTheSyncTarget() throws Exception {
    startInSync();

    delete();

    shop.awaitGone(TARGETS, "", target);
    for (String resource : List.of("deployments.apps", "services")) {
      assertThat(shop.find(resource, ns, "web")).as(resource).isEmpty();
    }
    assertThat(shop.find("configmaps", ns, "web-config")).isEmpty();
    assertThat(shop.find("secrets", ns, "login")).isEmpty();
    assertThat(isNamespaceGoing()).as("made for copies").isTrue();
    assertThat(edge.find("configmaps", ns, "web-config")).isPresent();
  }

  @Test
  void aSyncerThatStartsLaterDoesTheSameThoughThePhysicalClusterIsGone() throws Exception {
    startInSync();
    syncer.close();
    delete();
    edge.faults().on(io.kcp.upstream.testkit.Verb.GET, "*").respond(503).optional();
    edge.faults().on(io.kcp.upstream.testkit.Verb.LIST, "*").respond(503).optional();
    assertThat(shop.find(TARGETS, "", target)).isPresent();

    start();

    shop.awaitGone(TARGETS, "", target);
    assertThat(shop.find("configmaps", ns, "web-config")).isEmpty();
  }

  @Test
  void orphansStayAndAreNobodysAnyMore() throws Exception {
    set("spec.upstreamSync.deletion", Map.of("policy", "Orphan"));
    startInSync();
    edge.as("controller").set("deployments.apps", ns, "web", "status.replicas", 3);
    shop.await("deployments.apps", ns, "web", web -> web.integer("status.replicas").isPresent());

    delete();

    shop.awaitGone(TARGETS, "", target);
    ObjectTree web = shop.find("deployments.apps", ns, "web").orElseThrow();
    assertThat(web.integer("spec.replicas")).hasValue(3);
    for (ObjectTree left :
        List.of(
            web,
            shop.find("secrets", ns, "login").orElseThrow(),
            shop.find("namespaces", "", ns).orElseThrow())) {
      assertThat(isMarked(left)).as(left.kind()).isFalse();
    }
    assertThat(isNamespaceGoing()).isFalse();
  }

  @Test
  void whatOthersPutIntoOurNamespaceKeepsIt() throws Exception {
    startInSync();
    shop.as("tenant").apply(Manifests.configMap(ns, "mine", "a: b"));

    delete();

    shop.awaitGone(TARGETS, "", target);
    assertThat(shop.find("configmaps", ns, "mine")).isPresent();
    assertThat(shop.find("configmaps", ns, "web-config")).isEmpty();
    assertThat(isNamespaceGoing()).isFalse();
    assertThat(isMarked(shop.find("namespaces", "", ns).orElseThrow())).isFalse();
  }

  @Test
  void moreThanTheBudgetWaitsForAPerson() throws Exception {
    for (int i = 0; i < 3; i++) {
      edge.as("kubectl").apply(Manifests.configMap(ns, "c" + i, "a: b"));
    }
    set("spec.upstreamSync.deletion", Map.of("policy", "Delete", "budget", Map.of("maxCount", 2)));
    startInSync();

    delete();

    ObjectTree held =
        shop.await(
            TARGETS,
            "",
            target,
            now -> now.items(HELD).stream().anyMatch(hold -> hold.integer("count").orElse(0) == 4));
    assertThat(shop.find("configmaps", ns, "c0")).isPresent();
    assertThat(held.string("status.conditions[type=\"DeletionsAllowed\"].status"))
        .contains("False");
    set(
        "metadata.annotations[\"upstream.workload.kcp.io/release\"]",
        held.items(HELD).get(0).string("id").orElseThrow());
    shop.awaitGone(TARGETS, "", target);
    assertThat(shop.find("configmaps", ns, "c0")).isEmpty();
  }

  @Test
  void finalizersOfOthersAreWaitedForAndNamed() throws Exception {
    startInSync();
    shop.as("guard")
        .set("configmaps", ns, "web-config", "metadata.finalizers", List.of("example.com/guard"));
    syncer.awaitInSync(LIMIT);

    delete();

    awaitRest("waits for its finalizers example.com/guard");
    assertThat(
            syncer
                .explain(io.kcp.upstream.spi.ObjectKey.physical("configmaps", ns, "web-config"))
                .reason())
        .isEqualTo("BeingDeleted");
    assertThat(shop.find("services", ns, "web")).isEmpty();
    shop.as("guard").set("configmaps", ns, "web-config", "metadata.finalizers", List.of());
    shop.awaitGone(TARGETS, "", target);
  }

  @Test
  void pausesAndFrozenCopiesAreKeptUntilSomebodySaysSo() throws Exception {
    startInSync();
    shop.as("tenant")
        .set(
            "services",
            ns,
            "web",
            "metadata.annotations[\"upstream.workload.kcp.io/sync\"]",
            "disabled");
    set("spec.upstreamSync.paused", true);
    awaitRest("nothing is written");

    delete();

    awaitRest("is being deleted; its copies stay until then");
    assertThat(shop.find("configmaps", ns, "web-config")).isPresent();
    set("spec.upstreamSync.paused", false);
    awaitRest("services/" + ns + "/web: an annotation");
    assertThat(shop.find("configmaps", ns, "web-config")).isEmpty();
    shop.as("tenant").set("services", ns, "web", "metadata.annotations", Map.of());
    shop.awaitGone(TARGETS, "", target);
    assertThat(shop.find("services", ns, "web")).isEmpty();
  }

  @Test
  void deletedWhileInactiveItTakesNothingWithIt() throws Exception {
    startInSync();
    set("spec", Map.of("unschedulable", false));
    awaitRest("no spec.upstreamSync");

    delete();

    shop.awaitGone(TARGETS, "", target);
    assertThat(shop.find("configmaps", ns, "web-config")).isPresent();
  }

  @Test
  void madeAnewItPullsEverythingAgain() throws Exception {
    startInSync();
    delete();
    shop.awaitGone(TARGETS, "", target);

    shop.as("admin").apply(Manifests.syncTarget(target, ns + "-2"));
    edge.as("kubectl").apply(Manifests.shop(ns + "-2"));

    shop.await("deployments.apps", ns + "-2", "web", web -> true);
    syncer.awaitInSync(LIMIT);
    assertThat(shop.find("deployments.apps", ns, "web")).isEmpty();
  }
}
