package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.CrdText;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import io.kcp.upstream.transform.OwnedFields;
import io.kcp.upstream.transform.SyncKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must not be deleted or taken over, tried on two real servers. */
@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class SafetyIT {
  private static final GroupResource CONFIGS = GroupResource.parse("configmaps");
  private static final String WIDGETS = CrdText.of("widgets.example.com", "Widget").yaml();

  private TestCluster physical;
  private TestCluster workspace;
  private Rig rig;

  @BeforeEach
  void take(
      @Cluster("physical") TestCluster physical, @Cluster("workspace") TestCluster workspace) {
    this.physical = physical;
    this.workspace = workspace;
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void start(String resources, Map<String, Object> more) throws InterruptedException {
    Map<String, Object> spec = new HashMap<>(more);
    spec.put(
        "resources",
        List.of(resources.split(" ")).stream()
            .map(GroupResource::parse)
            .map(type -> Map.of("group", type.group(), "resource", type.resource()))
            .toList());
    spec.put("conflict", Map.of("strategy", "client-side-wins"));
    rig = new Rig(physical, workspace, spec);
  }

  private static void namespace(TestCluster cluster, String name) {
    cluster
        .as("kubectl")
        .apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
  }

  private static void config(TestCluster cluster, String namespace, String name, String color) {
    cluster
        .as("kubectl")
        .apply(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: %s, namespace: %s}
            data: {color: %s}
            """
                .formatted(name, namespace, color));
  }

  private static Map<String, Object> budget(int count) {
    return Map.of("deletion", Map.of("budget", Map.of("maxCount", count, "maxPercent", 1)));
  }

  @Test
  void deletesNoneOfTooManyUntilAPersonReleasesThem() throws InterruptedException {
    start("configmaps", budget(2));
    namespace(physical, "many");
    for (int i = 0; i < 3; i++) {
      config(physical, "many", "c" + i, "blue");
      rig.sync("configmaps/many/c" + i);
    }
    for (int i = 0; i < 3; i++) {
      physical.as("kubectl").delete("configmaps", "many", "c" + i);
    }

    for (int i = 0; i < 3; i++) {
      assertThat(rig.sync("configmaps/many/c" + i).verdict()).isEqualTo(Verdict.HELD);
    }
    assertThat(workspace.find("configmaps", "many", "c0")).isPresent();
    Hold hold = rig.memory.deletions().holds().get(0);
    assertThat(hold.count()).isEqualTo(3);
    assertThat(hold.resource()).isEqualTo(CONFIGS);

    rig.memory.deletions().release(hold.id());

    assertThat(rig.queued).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(rig.sync("configmaps/many/c" + i)).isEqualTo(Finding.NOT_FOUND);
    }
    assertThat(workspace.find("configmaps", "many", "c2")).isEmpty();
  }

  @Test
  void anUninstalledTypeIsNoEvidence() throws InterruptedException {
    physical.as("kubectl").apply(WIDGETS);
    workspace.as("kubectl").apply(WIDGETS);
    String widget =
        "{apiVersion: example.com/v1, kind: Widget, metadata: {name: w, namespace: crd}, spec: {a:"
            + " 1}}";
    namespace(physical, "crd");
    awaitServed(physical, widget);
    start("widgets.example.com", Map.of());
    assertThat(rig.sync("widgets.example.com/crd/w")).isEqualTo(Finding.SYNCED);

    physical
        .as("kubectl")
        .delete("customresourcedefinitions.apiextensions.k8s.io", "", "widgets.example.com");
    rig.awaitAbsent("widgets.example.com/crd/w");
    Outcome outcome = rig.now("widgets.example.com/crd/w");

    assertThat(outcome).isNotInstanceOf(Outcome.Settled.class);
    assertThat(workspace.find("widgets.example.com", "crd", "w")).isPresent();
  }

  private static void awaitServed(TestCluster cluster, String object) {
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(20))
        .untilAsserted(() -> cluster.as("kubectl").apply(object));
  }

  @Test
  void anotherClusterBehindTheSameAddressIsNoEvidence() throws InterruptedException {
    start("configmaps", Map.of());
    namespace(physical, "other");
    config(physical, "other", "settings", "blue");
    rig.sync("configmaps/other/settings");
    physical.as("kubectl").delete("configmaps", "other", "settings");
    rig.expectPhysicalUid("another-uid");

    Outcome outcome = rig.once("configmaps/other/settings");
    if (outcome.finding().verdict() == Verdict.PENDING) {
      outcome = rig.once("configmaps/other/settings");
    }

    assertThat(outcome.finding().reason()).isEqualTo("OtherCluster");
    assertThat(workspace.find("configmaps", "other", "settings")).isPresent();
  }

  @Test
  void keepsANamespaceInWhichThereIsAnythingOfOthers() throws InterruptedException {
    start("namespaces configmaps", Map.of());
    namespace(physical, "filled");
    rig.sync("namespaces/filled");
    config(workspace, "filled", "theirs", "green");
    finalizeNamespace("filled");

    Outcome outcome = rig.now("namespaces/filled");
    for (int i = 0; i < 3 && outcome.finding().verdict() == Verdict.PENDING; i++) {
      outcome = rig.now("namespaces/filled");
    }

    assertThat(outcome.finding().reason()).isEqualTo("ForeignContent");
    assertThat(outcome.finding().message()).contains("configmaps theirs");
    assertThat(isBeingDeleted("filled")).isFalse();

    workspace.as("kubectl").delete("configmaps", "filled", "theirs");
    rig.now("namespaces/filled");
    assertThat(isBeingDeleted("filled")).isTrue();
  }

  @Test
  void takesAwayANamespaceThatItMadeWhenNothingNeedsIt() throws InterruptedException {
    start("configmaps", Map.of());
    namespace(physical, "made");
    config(physical, "made", "one", "blue");
    config(physical, "made", "two", "blue");
    rig.sync("configmaps/made/one");
    rig.sync("configmaps/made/two");
    physical.as("kubectl").delete("configmaps", "made", "one");
    physical.as("kubectl").delete("configmaps", "made", "two");
    physical.as("kubectl").delete("namespaces", "", "made");
    rig.finalizeNamespace("made");

    rig.sync("configmaps/made/one");
    assertThat(isBeingDeleted("made")).isFalse();
    rig.awaitMirrors("configmaps/made/one");
    rig.sync("configmaps/made/two");

    assertThat(isBeingDeleted("made")).isTrue();
  }

  private boolean isBeingDeleted(String namespace) {
    return workspace
        .find("namespaces", "", namespace)
        .flatMap(found -> found.string("metadata.deletionTimestamp"))
        .isPresent();
  }

  @Test
  void aNamespaceMadeForACopyBecomesACopyItself() throws InterruptedException {
    start("namespaces configmaps", Map.of());
    namespace(physical, "both");
    config(physical, "both", "settings", "blue");
    physical.as("kubectl").set("namespaces", "", "both", "metadata.labels.team", "a");
    rig.sync("configmaps/both/settings");

    assertThat(rig.sync("namespaces/both")).isEqualTo(Finding.SYNCED);

    ObjectTree made = workspace.find("namespaces", "", "both").orElseThrow();
    assertThat(made.labels()).containsEntry("team", "a").containsKey(Rig.KEY.label());
    assertThat(made.annotations()).containsKey(SyncKeys.PHYSICAL_UID);
  }

  /** No controllers run: what they would do in the end is done by hand. */
  private void finalizeNamespace(String name) throws InterruptedException {
    physical.as("kubectl").delete("namespaces", "", name);
    rig.finalizeNamespace(name);
    rig.awaitAbsent("namespaces/" + name);
  }

  @Test
  void leavesOrphansBehindWherePolicySaysSo() throws InterruptedException {
    start("configmaps", Map.of("deletion", Map.of("policy", "Orphan")));
    namespace(physical, "orphan");
    config(physical, "orphan", "settings", "blue");
    rig.sync("configmaps/orphan/settings");
    physical.as("kubectl").delete("configmaps", "orphan", "settings");

    assertThat(rig.sync("configmaps/orphan/settings")).isEqualTo(Finding.NOT_FOUND);

    ObjectTree copy = workspace.find("configmaps", "orphan", "settings").orElseThrow();
    assertThat(copy.string("data.color")).contains("blue");
    assertThat(copy.labels()).doesNotContainKey(Rig.KEY.label());
    assertThat(copy.annotations().keySet()).noneMatch(key -> key.contains("workload.kcp.io"));
    assertThat(OwnedFields.of(copy, "upstream-sync/edge-1", "")).isEmpty();
  }

  @Test
  void adoptsAnEqualObjectWherePolicySaysSo() throws InterruptedException {
    start("configmaps", Map.of("adoptionPolicy", "IfEqual"));
    for (TestCluster cluster : List.of(physical, workspace)) {
      namespace(cluster, "adopt");
      config(cluster, "adopt", "same", "blue");
    }
    config(physical, "adopt", "differs", "blue");
    config(workspace, "adopt", "differs", "red");

    assertThat(rig.sync("configmaps/adopt/same").verdict()).isEqualTo(Verdict.SYNCED);
    assertThat(rig.once("configmaps/adopt/differs").finding().reason()).isEqualTo("NameCollision");

    assertThat(workspace.find("configmaps", "adopt", "same").orElseThrow().labels())
        .containsKey(Rig.KEY.label());
    assertThat(workspace.find("configmaps", "adopt", "differs").orElseThrow().string("data.color"))
        .contains("red");
  }

  @Test
  void respectsFinalizersOfOthers() throws InterruptedException {
    start("configmaps", Map.of());
    namespace(physical, "final");
    config(physical, "final", "settings", "blue");
    rig.sync("configmaps/final/settings");
    workspace
        .as("stranger")
        .set("configmaps", "final", "settings", "metadata.finalizers", List.of("example.com/x"));
    physical.as("kubectl").delete("configmaps", "final", "settings");
    rig.sync("configmaps/final/settings");

    Outcome outcome = rig.once("configmaps/final/settings");

    assertThat(outcome.finding().reason()).isEqualTo("BeingDeleted");
    config(physical, "final", "settings", "red");
    assertThat(rig.once("configmaps/final/settings").finding().reason()).isEqualTo("BeingDeleted");
    workspace
        .as("stranger")
        .set("configmaps", "final", "settings", "metadata.finalizers", List.of());
    assertThat(rig.sync("configmaps/final/settings").verdict()).isEqualTo(Verdict.SYNCED);
  }

  @Test
  void neverGoesBackToAnOlderVersion() throws InterruptedException {
    start("configmaps", Map.of());
    namespace(physical, "newer");
    config(physical, "newer", "settings", "blue");
    rig.sync("configmaps/newer/settings");
    workspace
        .as("upstream-sync/edge-1")
        .set(
            "configmaps",
            "newer",
            "settings",
            "metadata.annotations[\"%s\"]".formatted(SyncKeys.PHYSICAL_VERSION),
            "999999999");
    config(physical, "newer", "settings", "red");
    physical.faults().on(Verb.GET, "configmaps").nth(1).respond(500).optional();

    assertThat(rig.once("configmaps/newer/settings")).isInstanceOf(Outcome.Retry.class);

    assertThat(workspace.find("configmaps", "newer", "settings").orElseThrow().string("data.color"))
        .contains("blue");
    // The cluster itself says that this is its newest version.
    assertThat(rig.sync("configmaps/newer/settings").verdict()).isEqualTo(Verdict.SYNCED);
  }

  @Test
  void planNamesEachStepAndWritesNothing() throws InterruptedException {
    start("configmaps", budget(1));
    namespace(physical, "plan");
    for (String name : List.of("changed", "kept", "gone1", "gone2")) {
      config(physical, "plan", name, "blue");
      rig.sync("configmaps/plan/" + name);
    }
    config(physical, "plan", "changed", "red");
    config(physical, "plan", "fresh", "blue");
    physical.as("kubectl").delete("configmaps", "plan", "gone1");
    physical.as("kubectl").delete("configmaps", "plan", "gone2");
    for (String name : List.of("changed", "fresh", "gone1", "gone2")) {
      rig.awaitMirrors("configmaps/plan/" + name);
    }
    long mark = workspace.journal().mark();

    List<PlannedStep> steps =
        rig.plan().stream().filter(step -> step.physical().namespace().equals("plan")).toList();

    assertThat(steps)
        .extracting(step -> step.action() + " " + step.physical().name())
        .containsExactlyInAnyOrder(
            "UPDATE changed", "CREATE fresh", "HOLD_DELETE gone1", "HOLD_DELETE gone2");
    assertThat(steps)
        .filteredOn(step -> step.physical().name().equals("changed"))
        .singleElement()
        .satisfies(step -> assertThat(step.fields()).hasToString("[data.color]"));
    assertThat(workspace.journal().since(mark).writes().requests())
        .allMatch(io.kcp.upstream.testkit.Journal.Request::dryRun);
  }

  @Test
  void quotesNoValueOfASecret() throws InterruptedException {
    start("secrets", Map.of());
    namespace(physical, "secret");
    physical
        .as("kubectl")
        .apply(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: s, namespace: secret}
            type: kubernetes.io/basic-auth
            stringData: {username: verysecret, password: other}
            """);
    rig.additions =
        (desired, object, copy) ->
            Rig.changed(desired, desired.object().with("type", "kubernetes.io/verysecret x"));
    rig.sync("secrets/secret/s");
    workspace.faults().on(Verb.CREATE, "secrets").respond(422).optional();

    Finding finding = rig.sync("secrets/secret/s");

    assertThat(finding.toString()).doesNotContain("verysecret");
  }
}
