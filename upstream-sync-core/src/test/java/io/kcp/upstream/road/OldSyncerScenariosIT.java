package io.kcp.upstream.road;

import static io.kcp.upstream.road.Traps.LIMIT;
import static io.kcp.upstream.road.Traps.TARGET;
import static io.kcp.upstream.road.Traps.TARGETS;
import static io.kcp.upstream.road.Traps.startedInSync;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.CrdText;
import io.kcp.upstream.Explanation;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What kcp's own syncer was tested for; locators have a class of their own. */
@ApiServerTest
class OldSyncerScenariosIT {
  private static final String NS = "scenes";
  private static final String CONFIGS = "configmaps";
  private static final String GADGETS = "gadgets.example.com";
  private static final String CLASSES = "priorityclasses.scheduling.k8s.io";
  private static final String FINALIZERS = "metadata.finalizers";
  private static final List<String> GUARD = List.of("example.com/guard");

  private TestCluster edge;
  private TestCluster shop;
  private UpstreamSyncer syncer;

  private interface Scene {
    void play() throws Exception;
  }

  @BeforeEach
  void clusters(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    edge.as("kubectl").apply(Manifests.namespace(NS));
    for (TestCluster cluster : List.of(edge, shop)) {
      cluster
          .as("kubectl")
          .apply(CrdText.of("gadgets.example.com", "Gadget").clusterScoped().withStatus().yaml());
    }
    shop.as("admin")
        .apply(
            """
            apiVersion: workload.kcp.io/v1alpha1
            kind: SyncTarget
            metadata: {name: %s}
            spec:
              upstreamSync:
                namespaces: {include: ["scenes*"]}
                resources:
                - {resource: configmaps}
                - {group: apps, resource: deployments}
                - {group: scheduling.k8s.io, resource: priorityclasses}
                - {group: example.com, resource: gadgets}
            """
                .formatted(TARGET));
  }

  @AfterEach
  void stop() {
    if (syncer != null) {
      syncer.close();
    }
  }

  private void config(String name, String color) {
    edge.as("kubectl").apply(Manifests.configMap(NS, name, "color: " + color));
  }

  private ObjectTree awaitAbove(String resource, String ns, String name, String path, String text) {
    return shop.await(
        resource,
        ns,
        name,
        object ->
            object
                .get(io.kcp.upstream.spi.FieldPath.parse(path))
                .filter(v -> v.toString().equals(text))
                .isPresent());
  }

  private ObjectTree awaitColor(String name, String color) {
    return awaitAbove(CONFIGS, NS, name, "data.color", color);
  }

  private void awaitReason(String name, String reason, String words) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              Explanation why = syncer.explain(ObjectKey.physical(CONFIGS, NS, name));
              assertThat(why.reason()).isEqualTo(reason);
              assertThat(why.message()).contains(words);
            });
  }

  private static boolean isTerminating(ObjectTree object) {
    return object.string("metadata.deletionTimestamp").isPresent();
  }

  @TestFactory
  Stream<DynamicTest> scenes() throws Exception {
    syncer = startedInSync(edge, shop);
    Map<String, Scene> scenes =
        new java.util.LinkedHashMap<>(
            Map.of(
                "namespaced without status", this::namespacedWithoutStatus,
                "namespaced with status", this::namespacedWithStatus,
                "cluster-wide without status", this::clusterWideWithoutStatus,
                "cluster-wide with status", this::clusterWideWithStatus,
                "update while the physical object is terminating", this::physicalTerminating,
                "update while the copy is terminating", this::copyTerminating,
                "deletion with finalizers", this::deletionWithFinalizers,
                "labels and annotations, less our own", this::labelsAndAnnotations,
                "names as long as they may be", this::longNames));
    return scenes.entrySet().stream()
        .map(scene -> DynamicTest.dynamicTest(scene.getKey(), () -> scene.getValue().play()));
  }

  private void namespacedWithoutStatus() {
    config("plain", "blue");
    awaitColor("plain", "blue");
    config("plain", "red");
    awaitColor("plain", "red");
    edge.as("kubectl").delete(CONFIGS, NS, "plain");
    shop.awaitGone(CONFIGS, NS, "plain");
  }

  private void namespacedWithStatus() {
    edge.as("kubectl").apply(Manifests.oddlyWrittenDeployment(NS));
    shop.await("deployments.apps", NS, "odd", odd -> true);
    edge.as("kubectl").set("deployments.apps", NS, "odd", "spec.replicas", 4);
    edge.as("controller").set("deployments.apps", NS, "odd", "status.replicas", 2);
    awaitAbove("deployments.apps", NS, "odd", "spec.replicas", "4");
    awaitAbove("deployments.apps", NS, "odd", "status.replicas", "2");
    edge.as("kubectl").delete("deployments.apps", NS, "odd");
    shop.awaitGone("deployments.apps", NS, "odd");
  }

  private void clusterWideWithoutStatus() {
    edge.as("kubectl")
        .apply(
            "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: urgent},"
                + " value: 7, description: a}");
    awaitAbove(CLASSES, "", "urgent", "description", "a");
    edge.as("kubectl").set(CLASSES, "", "urgent", "description", "b");
    awaitAbove(CLASSES, "", "urgent", "description", "b");
    edge.as("kubectl").delete(CLASSES, "", "urgent");
    shop.awaitGone(CLASSES, "", "urgent");
  }

  private void clusterWideWithStatus() {
    Awaitility.await() // a type is served only a moment after its definition
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                edge.as("kubectl")
                    .apply(
                        "{apiVersion: example.com/v1, kind: Gadget, metadata: {name: g}, spec:"
                            + " {size: 1}}"));
    awaitAbove(GADGETS, "", "g", "spec.size", "1");
    edge.as("kubectl").set(GADGETS, "", "g", "spec.size", 2);
    edge.as("controller").set(GADGETS, "", "g", "status.ready", true);
    awaitAbove(GADGETS, "", "g", "spec.size", "2");
    awaitAbove(GADGETS, "", "g", "status.ready", "true");
    edge.as("kubectl").delete(GADGETS, "", "g");
    shop.awaitGone(GADGETS, "", "g");
  }

  private void physicalTerminating() {
    config("dying", "blue");
    edge.as("guard").set(CONFIGS, NS, "dying", FINALIZERS, GUARD);
    awaitColor("dying", "blue");
    edge.as("kubectl").delete(CONFIGS, NS, "dying");

    edge.as("kubectl").set(CONFIGS, NS, "dying", "data.color", "red");

    ObjectTree copy = awaitColor("dying", "red");
    assertThat(isTerminating(copy)).as("it is there as long as the physical one is").isFalse();
    assertThat(copy.tree("metadata").orElseThrow().asMap()).doesNotContainKey("finalizers");
    edge.as("guard").set(CONFIGS, NS, "dying", FINALIZERS, List.of());
    shop.awaitGone(CONFIGS, NS, "dying");
  }

  private void copyTerminating() {
    config("held", "blue");
    awaitColor("held", "blue");
    shop.as("guard").set(CONFIGS, NS, "held", FINALIZERS, GUARD);
    shop.as("tenant").delete(CONFIGS, NS, "held");

    config("held", "red");

    awaitReason("held", "BeingDeleted", "example.com/guard");
    assertThat(shop.find(CONFIGS, NS, "held").orElseThrow().string("data.color")).contains("blue");
    shop.as("guard").set(CONFIGS, NS, "held", FINALIZERS, List.of());
    assertThat(isTerminating(awaitColor("held", "red"))).isFalse();
  }

  private void deletionWithFinalizers() {
    config("kept", "blue");
    awaitColor("kept", "blue");
    shop.as("guard").set(CONFIGS, NS, "kept", FINALIZERS, GUARD);
    edge.as("kubectl").delete(CONFIGS, NS, "kept");

    shop.await(CONFIGS, NS, "kept", OldSyncerScenariosIT::isTerminating);
    awaitReason("kept", "BeingDeleted", "example.com/guard");
    shop.as("guard").set(CONFIGS, NS, "kept", FINALIZERS, List.of());
    shop.awaitGone(CONFIGS, NS, "kept");
  }

  private void labelsAndAnnotations() {
    edge.as("kubectl")
        .apply(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: adorned
              namespace: scenes
              labels: {team: a, internal.workload.kcp.io/cluster: x, workload.kcp.io/y: z}
              annotations:
                example.com/note: b
                kcp.io/cluster: elsewhere
                workload.kcp.io/rv: "1"
                upstream.workload.kcp.io/base: "{}"
                kubectl.kubernetes.io/last-applied-configuration: "{}"
            """);

    ObjectTree copy = shop.await(CONFIGS, NS, "adorned", map -> true);

    ObjectTree physical = edge.find(CONFIGS, NS, "adorned").orElseThrow();
    assertThat(copy.labels()).hasSize(2).containsEntry("team", "a");
    assertThat(copy.annotations())
        .containsEntry("example.com/note", "b")
        .containsEntry(
            "workload.kcp.io/rv", physical.string("metadata.resourceVersion").orElseThrow())
        .doesNotContainKeys("kcp.io/cluster", "kubectl.kubernetes.io/last-applied-configuration");
  }

  private void longNames() {
    String name = "n".repeat(253);
    config(name, "blue");
    awaitColor(name, "blue");
    edge.as("kubectl").delete(CONFIGS, NS, name);
    shop.awaitGone(CONFIGS, NS, name);
  }

  @Test
  void aNamespaceTooLongForItsPrefixIsReported() throws Exception {
    String name = "scenes" + "x".repeat(56);
    shop.as("admin").delete(TARGETS, "", TARGET);
    shop.as("admin")
        .apply(
            Manifests.syncTargetForConfigMaps(TARGET, "scenes*")
                .replace(
                    "upstreamSync:",
                    "upstreamSync:\n    namespaceMapping: {type: Prefix, prefix: edge-}"));
    edge.as("kubectl").apply(Manifests.namespace(name));
    edge.as("kubectl").apply(Manifests.configMap(name, "settings", "a: b"));
    config("settings", "blue");

    syncer = startedInSync(edge, shop);

    awaitAbove(CONFIGS, "edge-" + NS, "settings", "data.color", "blue");
    Explanation why = syncer.explain(ObjectKey.physical(CONFIGS, name, "settings"));
    assertThat(why.verdict()).isEqualTo(Explanation.Verdict.SKIPPED);
    assertThat(why.reason()).isEqualTo("NamespaceNotMapped");
  }

  @Test
  void orphansStayAlsoWhereNothingIsLeftToLetGo() throws Exception {
    shop.as("admin")
        .set(TARGETS, "", TARGET, "spec.upstreamSync.deletion", Map.of("policy", "Orphan"));
    edge.as("kubectl").apply(Manifests.namespace("scenes-2"));
    edge.as("kubectl").apply(Manifests.configMap("scenes-2", "settings", "a: b"));
    for (String name : List.of("orphan", "absent", "late")) {
      config(name, "blue");
    }
    syncer = startedInSync(edge, shop);

    edge.as("kubectl").delete(CONFIGS, NS, "orphan");
    shop.await(CONFIGS, NS, "orphan", map -> map.labels().isEmpty());
    syncer.close();
    shop.as("tenant").delete(CONFIGS, NS, "absent");
    shop.as("tenant").delete("namespaces", "", "scenes-2");
    shop.awaitGone("namespaces", "", "scenes-2");
    edge.as("kubectl").delete(CONFIGS, NS, "absent");
    edge.as("kubectl").delete("namespaces", "", "scenes-2");
    edge.as("kubectl").delete(CONFIGS, NS, "late");
    syncer = startedInSync(edge, shop);

    shop.await(CONFIGS, NS, "late", map -> map.labels().isEmpty());
    assertThat(shop.find(CONFIGS, NS, "orphan")).isPresent();
    assertThat(shop.find(CONFIGS, NS, "absent")).isEmpty();
    assertThat(shop.find("namespaces", "", "scenes-2")).isEmpty();
    assertThat(syncer.state().objects())
        .doesNotContainKeys(Explanation.Verdict.FAILED, Explanation.Verdict.PENDING);
  }
}
