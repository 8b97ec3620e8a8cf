package io.kcp.upstream.road;

import static io.kcp.upstream.road.Traps.LIMIT;
import static io.kcp.upstream.road.Traps.NS;
import static io.kcp.upstream.road.Traps.TARGET;
import static io.kcp.upstream.road.Traps.assertNothingDeleted;
import static io.kcp.upstream.road.Traps.startedInSync;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.Explanation;
import io.kcp.upstream.SyncerState;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.testkit.Journal;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kcp workspace that is emptied, goes, comes back as another one, or sleeps. */
@ApiServerTest
class WorkspaceLifeIT {
  private static final String PATH = "root:shop";
  private static final int MANY = 30;
  private static final String CRDS = "customresourcedefinitions.apiextensions.k8s.io";
  private static final String LOGICAL_CLUSTER = "logicalclusters.core.kcp.io";
  private static final String LOGICAL_CLUSTERS =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: logicalclusters.core.kcp.io}
      spec:
        group: core.kcp.io
        scope: Cluster
        names: {plural: logicalclusters, singular: logicalcluster, kind: LogicalCluster, listKind: LogicalClusterList}
        versions:
        - name: v1alpha1
          served: true
          storage: true
          schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      """;

  private TestCluster edge;
  private InMemoryApiServer kcp;
  private TestCluster shop;

  @BeforeEach
  void clusters(
      @Cluster("edge") TestCluster edge,
      @Cluster("kcp") InMemoryApiServer kcp,
      @Cluster(value = "kcp", workspace = PATH) TestCluster shop) {
    this.edge = edge;
    this.kcp = kcp;
    this.shop = shop;
    edge.as("kubectl").apply(Manifests.shop(NS));
    for (int i = 0; i < MANY; i++) {
      edge.as("kubectl").apply(Manifests.configMap(NS, "many-" + i, "a: b"));
    }
    shop.as("admin").apply(Manifests.syncTarget(TARGET, NS));
  }

  private static Set<String> markOf(ObjectTree copy) {
    return copy.labels().keySet();
  }

  @Test
  void anEmptiedWorkspaceIsNotRepairedOneByOne() throws Exception {
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      long mark = shop.journal().mark();

      kcp.deleteWorkspace(PATH);

      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> syncer.state().reason().equals("WorkspaceNotFound"));
      assertThat(syncer.state().phase()).isEqualTo(SyncerState.Phase.BLOCKED);
      assertNothingDeleted(shop, mark);
      assertFewMadeAgain(mark);
    }
  }

  /** Kind by kind, while lists are still answered with 200: the LogicalCluster says what it is. */
  @Test
  void whileAWorkspaceIsBeingDeletedNothingIsRepaired() throws Exception {
    shop.as("kcp").apply(LOGICAL_CLUSTERS);
    shop.await(CRDS, "", LOGICAL_CLUSTER, WorkspaceLifeIT::isEstablished);
    shop.as("kcp")
        .apply(
            """
            {apiVersion: core.kcp.io/v1alpha1, kind: LogicalCluster,
             metadata: {name: cluster, finalizers: [core.kcp.io/logicalcluster]}}
            """);
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      long mark = shop.journal().mark();

      shop.as("kcp").delete(LOGICAL_CLUSTER, "", "cluster");
      for (int i = 0; i < MANY; i++) {
        shop.as("kcp").delete("configmaps", NS, "many-" + i);
      }

      Traps.awaitCondition(shop, "Ready", "False", "nothing is repaired");
      assertThat(syncer.state().reason()).isEqualTo("WorkspaceBeingDeleted");
      assertThat(syncer.state().phase()).isEqualTo(SyncerState.Phase.BLOCKED);
      shop.as("kcp").delete("services", NS, "web");
      edge.as("kubectl").delete("secrets", NS, "login");
      edge.as("kubectl").set("configmaps", NS, "web-config", "data.currency", "CHF");
      long begun = shop.journal().mark();
      awaitLook(begun);

      Journal since = shop.journal().since(begun);
      assertThat(since.of(Verb.APPLY, "configmaps").requests()).isEmpty();
      assertThat(since.of(Verb.CREATE, "services").requests()).isEmpty();
      assertThat(shop.find("secrets", NS, "login")).isPresent();
      assertFewMadeAgain(mark);
    }
  }

  /** Before it shows what becomes of the workspace. */
  private void assertFewMadeAgain(long mark) {
    assertThat(shop.journal().since(mark).of(Verb.CREATE, "configmaps").requests())
        .filteredOn(request -> request.status() == 201)
        .hasSizeLessThan(MANY / 2);
  }

  private void awaitLook(long since) {
    shop.as("admin").set(Traps.TARGETS, "", TARGET, "metadata.labels.looked", "at");
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () -> !shop.journal().since(since).of(Verb.GET, LOGICAL_CLUSTER).requests().isEmpty());
  }

  private static boolean isEstablished(ObjectTree crd) {
    return crd.string("status.conditions[type=\"Established\"].status")
        .filter("True"::equals)
        .isPresent();
  }

  @Test
  void aWorkspaceMadeAnewUnderItsPathBeginsFromNothing() throws Exception {
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      Set<String> before = markOf(shop.find("configmaps", NS, "web-config").orElseThrow());
      long mark = shop.journal().mark();
      kcp.deleteWorkspace(PATH);
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> syncer.state().reason().equals("WorkspaceNotFound"));

      kcp.createWorkspace(PATH);
      shop.as("admin").apply(Manifests.syncTarget(TARGET, NS));

      ObjectTree copy = shop.await("configmaps", NS, "web-config", map -> true);
      assertThat(markOf(copy)).isNotEqualTo(before);
      shop.await("configmaps", NS, "many-" + (MANY - 1), map -> true);
      syncer.awaitInSync(LIMIT);
      assertNothingDeleted(shop, mark);
      for (int i = 0; i < MANY; i++) {
        Explanation now = syncer.explain(ObjectKey.physical("configmaps", NS, "many-" + i));
        assertThat(now.verdict()).as(now.toString()).isEqualTo(Explanation.Verdict.SYNCED);
      }
      shop.await(
          Traps.TARGETS,
          "",
          TARGET,
          now -> now.integer("status.upstreamSync.objects.synced").orElse(0) == MANY + 4);
    }
  }

  @Test
  void whileTheWorkspaceIsInactiveNothingIsWritten() throws Exception {
    try (UpstreamSyncer syncer = startedInSync(edge, shop)) {
      List<Faults.Fault> asleep = new ArrayList<>();
      for (Verb verb : Verb.values()) {
        asleep.add(
            shop.faults().on(verb, "*").respondText(403, "workspace is inactive").optional());
      }
      kcp.restart(false);
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> syncer.state().reason().equals("WorkspaceInactive"));
      long mark = shop.journal().mark();

      edge.as("kubectl").set("configmaps", NS, "web-config", "data.currency", "CHF");
      edge.as("kubectl").delete("services", NS, "web");
      edge.await(
          "configmaps",
          NS,
          "web-config",
          map -> map.string("data.currency").filter("CHF"::equals).isPresent());

      assertThat(shop.journal().since(mark).of(Verb.APPLY, "configmaps").requests()).isEmpty();
      asleep.forEach(Faults.Fault::lift);
      shop.await(
          "configmaps",
          NS,
          "web-config",
          map -> map.string("data.currency").filter("CHF"::equals).isPresent());
      shop.awaitGone("services", NS, "web");
      syncer.awaitInSync(LIMIT);
    }
  }
}
