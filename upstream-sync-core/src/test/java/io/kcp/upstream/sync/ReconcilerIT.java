package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Journal;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.Owned;
import io.kcp.upstream.transform.OwnedFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One key at a time between two real servers. */
@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class ReconcilerIT {
  private static final String MANAGER = "upstream-sync/edge-1";
  private static final Map<String, Object> SPEC =
      Map.of(
          "resources",
          List.of(
              Map.of("group", "", "resource", "configmaps"),
              Map.of("group", "apps", "resource", "deployments")),
          "objectSelector",
          Map.of("matchExpressions", List.of(Map.of("key", "private", "operator", "DoesNotExist"))),
          "conflict",
          Map.of("strategy", "client-side-wins"));

  private TestCluster physical;
  private TestCluster workspace;
  private Rig rig;

  @BeforeEach
  void start(@Cluster("physical") TestCluster physical, @Cluster("workspace") TestCluster workspace)
      throws InterruptedException {
    this.physical = physical;
    this.workspace = workspace;
    rig = new Rig(physical, workspace, SPEC);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void physical(String yaml) {
    physical.as("kubectl").apply(yaml);
  }

  private static String config(String namespace, String data) {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: %s}
        data: {%s}
        """
        .formatted(namespace, data);
  }

  private void namespace(String name) {
    physical(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: %s}
        """
            .formatted(name));
  }

  private ObjectTree copy(String resource, String namespace, String name) {
    return workspace.find(resource, namespace, name).orElseThrow();
  }

  private List<Journal.Request> writesSince(long mark) {
    return workspace.journal().since(mark).writes().requests().stream()
        .filter(request -> !request.dryRun())
        .toList();
  }

  /** A process that starts anew writes nothing. */
  private void assertQuietAfterRestart(String key) throws InterruptedException {
    long mark = workspace.journal().mark();
    rig = rig.restarted();
    assertThat(rig.sync(key).verdict()).isEqualTo(Verdict.SYNCED);
    assertThat(writesSince(mark)).isEmpty();
    long requests = workspace.journal().mark();
    rig.sync(key);
    assertThat(workspace.journal().since(requests).of(Verb.APPLY, "*").requests()).isEmpty();
  }

  @Test
  void createsTheCopyByOneRequestAndItsNamespace() throws InterruptedException {
    namespace("create");
    physical(config("create", "color: blue"));
    rig.sync("configmaps/create/settings");
    physical.as("kubectl").delete("configmaps", "create", "settings");
    rig.sync("configmaps/create/settings");
    physical(config("create", "color: blue"));
    long mark = workspace.journal().mark();

    Finding finding = rig.sync("configmaps/create/settings");

    assertThat(finding).isEqualTo(Finding.SYNCED);
    ObjectTree copy = copy("configmaps", "create", "settings");
    assertThat(copy.string("data.color")).contains("blue");
    assertThat(copy.labels()).containsEntry(Rig.KEY.label(), "Upsync");
    assertThat(writesSince(mark)).extracting(Journal.Request::verb).containsExactly(Verb.CREATE);
    assertThat(operation(copy)).isEqualTo(Owned.Operation.UPDATE);
    assertThat(copy("namespaces", "", "create").labels()).containsKey(Rig.KEY.label());
    assertQuietAfterRestart("configmaps/create/settings");
  }

  private static Owned.Operation operation(ObjectTree copy) {
    return OwnedFields.of(copy, MANAGER, "").orElseThrow().operation();
  }

  @Test
  void theFirstChangeMakesTheEntryOfThePostOneOfAnApply() throws InterruptedException {
    namespace("first");
    physical(config("first", "color: blue"));
    rig.sync("configmaps/first/settings");
    physical(config("first", "color: red"));

    assertThat(rig.sync("configmaps/first/settings")).isEqualTo(Finding.SYNCED);

    ObjectTree copy = copy("configmaps", "first", "settings");
    assertThat(operation(copy)).isEqualTo(Owned.Operation.APPLY);
    assertThat(OwnedFields.entries(copy)).hasSize(1);
    assertQuietAfterRestart("configmaps/first/settings");
  }

  @Test
  void aFieldThatSomebodyTookFromAFreshCopyComesBack() throws InterruptedException {
    namespace("taken");
    physical(config("taken", "color: blue, size: big"));
    rig.sync("configmaps/taken/settings");
    workspace.as("stranger").set("configmaps", "taken", "settings", "data.color", "pink");
    rig = rig.restarted();

    assertThat(rig.sync("configmaps/taken/settings").verdict()).isEqualTo(Verdict.SYNCED);

    ObjectTree copy = copy("configmaps", "taken", "settings");
    assertThat(copy.string("data.color")).contains("blue");
    assertThat(operation(copy)).isEqualTo(Owned.Operation.APPLY);
    assertQuietAfterRestart("configmaps/taken/settings");
  }

  @Test
  void whatOneOfOurNameAddedToAFreshCopyIsTakenBack() throws InterruptedException {
    namespace("namesake");
    physical(config("namesake", "color: blue"));
    rig.sync("configmaps/namesake/settings");
    workspace.as(MANAGER).set("configmaps", "namesake", "settings", "data.note", "mine");

    assertThat(rig.sync("configmaps/namesake/settings").verdict()).isEqualTo(Verdict.SYNCED);

    ObjectTree copy = copy("configmaps", "namesake", "settings");
    assertThat(copy.tree("data").map(ObjectTree::asMap)).contains(Map.of("color", "blue"));
    assertQuietAfterRestart("configmaps/namesake/settings");
  }

  @Test
  void aPlanForAFreshCopyKnowsItsOwnEntry() throws InterruptedException {
    namespace("plan");
    physical(deployment("plan", "{name: web, image: web}"));
    physical(config("plan", "color: blue, size: big"));
    rig.sync("deployments.apps/plan/web");
    rig.sync("configmaps/plan/settings");
    physical(deployment("plan", "{name: web, image: web:2}"));
    physical(config("plan", "color: red, size: huge"));
    workspace.as("stranger").set("configmaps", "plan", "settings", "data.color", "pink");
    rig.awaitMirrors("deployments.apps/plan/web");
    rig.awaitMirrors("configmaps/plan/settings");

    List<PlannedStep> steps =
        rig.plan().stream().filter(step -> step.physical().namespace().equals("plan")).toList();

    assertThat(steps)
        .extracting(step -> step.action() + " " + step.physical().name() + " " + step.fields())
        .containsExactlyInAnyOrder(
            "UPDATE web [spec.template.spec.containers[name=\"web\"].image]",
            "UPDATE settings [data.color, data.size]");
  }

  @Test
  void carriesChangesAndRemovalsOver() throws InterruptedException {
    namespace("change");
    physical(config("change", "color: blue, size: big"));
    rig.sync("configmaps/change/settings");

    physical(config("change", "color: red"));
    rig.sync("configmaps/change/settings");

    ObjectTree copy = copy("configmaps", "change", "settings");
    assertThat(copy.tree("data").map(ObjectTree::asMap)).contains(Map.of("color", "red"));
    assertQuietAfterRestart("configmaps/change/settings");
  }

  @Test
  void repairsDriftAndKeepsWhatOthersAdded() throws InterruptedException {
    namespace("drift");
    physical(config("drift", "color: blue"));
    rig.sync("configmaps/drift/settings");
    workspace.as("stranger").set("configmaps", "drift", "settings", "data.color", "pink");
    workspace.as("stranger").set("configmaps", "drift", "settings", "data.note", "mine");

    Finding finding = rig.sync("configmaps/drift/settings");

    assertThat(finding.verdict()).isEqualTo(Verdict.SYNCED);
    assertThat(copy("configmaps", "drift", "settings").tree("data").map(ObjectTree::asMap))
        .contains(Map.of("color", "blue", "note", "mine"));
    assertQuietAfterRestart("configmaps/drift/settings");
  }

  @Test
  void restoresACopyThatSomebodyDeleted() throws InterruptedException {
    namespace("restore");
    physical(config("restore", "color: blue"));
    rig.sync("configmaps/restore/settings");
    workspace.as("stranger").delete("configmaps", "restore", "settings");

    Finding finding = rig.sync("configmaps/restore/settings");

    assertThat(finding).isEqualTo(Finding.RESTORED);
    assertThat(workspace.find("configmaps", "restore", "settings")).isPresent();
    assertThat(rig.sync("configmaps/restore/settings")).isEqualTo(Finding.SYNCED);
  }

  @Test
  void deletesTheCopyOfAnObjectThatIsGone() throws InterruptedException {
    namespace("gone");
    physical(config("gone", "color: blue"));
    rig.sync("configmaps/gone/settings");
    physical.as("kubectl").delete("configmaps", "gone", "settings");

    Finding finding = rig.sync("configmaps/gone/settings");

    assertThat(finding).isEqualTo(Finding.NOT_FOUND);
    assertThat(workspace.find("configmaps", "gone", "settings")).isEmpty();
    assertThat(rig.memory.ledger().counts()).isEmpty();
  }

  @Test
  void deletesTheCopyOfAnObjectThatIsNoLongerSelected() throws InterruptedException {
    namespace("withdrawn");
    physical(config("withdrawn", "color: blue"));
    rig.sync("configmaps/withdrawn/settings");
    physical
        .as("kubectl")
        .set("configmaps", "withdrawn", "settings", "metadata.labels.private", "yes");

    Finding finding = rig.sync("configmaps/withdrawn/settings");

    assertThat(finding.verdict()).isEqualTo(Verdict.NOT_SELECTED);
    assertThat(finding.reason()).isEqualTo("NotSelectedByObjectSelector");
    assertThat(workspace.find("configmaps", "withdrawn", "settings")).isEmpty();
  }

  @Test
  void leavesAStrangersObjectAlone() throws InterruptedException {
    namespace("foreign");
    workspace
        .as("stranger")
        .apply(
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: foreign}
            """);
    workspace.as("stranger").apply(config("foreign", "color: green"));
    physical(config("foreign", "color: blue"));
    String before = version(copy("configmaps", "foreign", "settings"));

    Outcome outcome = rig.once("configmaps/foreign/settings");

    assertThat(outcome.finding().verdict()).isEqualTo(Verdict.SKIPPED);
    assertThat(outcome.finding().reason()).isEqualTo("NameCollision");
    long mark = workspace.journal().mark();
    assertThat(rig.once("configmaps/foreign/settings")).isEqualTo(outcome);
    assertThat(workspace.journal().since(mark).writes().requests()).isEmpty();
    physical.as("kubectl").delete("configmaps", "foreign", "settings");
    rig.once("configmaps/foreign/settings");
    assertThat(version(copy("configmaps", "foreign", "settings"))).isEqualTo(before);
  }

  private static String version(ObjectTree object) {
    return object.string("metadata.resourceVersion").orElseThrow();
  }

  @Test
  void leavesAFrozenPairAlone() throws InterruptedException {
    namespace("frozen");
    physical(config("frozen", "color: blue"));
    rig.sync("configmaps/frozen/settings");
    workspace
        .as("tenant")
        .set(
            "configmaps",
            "frozen",
            "settings",
            "metadata.annotations[\"upstream.workload.kcp.io/sync\"]",
            "disabled");
    physical(config("frozen", "color: red"));

    assertThat(rig.sync("configmaps/frozen/settings").verdict()).isEqualTo(Verdict.PAUSED);
    assertThat(copy("configmaps", "frozen", "settings").string("data.color")).contains("blue");
    physical.as("kubectl").delete("configmaps", "frozen", "settings");
    assertThat(rig.sync("configmaps/frozen/settings").verdict()).isEqualTo(Verdict.PAUSED);
    assertThat(workspace.find("configmaps", "frozen", "settings")).isPresent();
  }

  @Test
  void deletesNothingOfAFrozenObjectThatIsNoLongerSelected() throws InterruptedException {
    namespace("icy");
    physical(config("icy", "color: blue"));
    rig.sync("configmaps/icy/settings");
    String freeze = "metadata.annotations[\"upstream.workload.kcp.io/sync\"]";
    physical.as("kubectl").set("configmaps", "icy", "settings", freeze, "disabled");
    physical.as("kubectl").set("configmaps", "icy", "settings", "metadata.labels.private", "yes");

    assertThat(rig.sync("configmaps/icy/settings").verdict()).isEqualTo(Verdict.PAUSED);
    assertThat(workspace.find("configmaps", "icy", "settings")).isPresent();
  }

  private static String immutable(String namespace, String color) {
    return config(namespace, "color: " + color) + "immutable: true\n";
  }

  @Test
  void makesTheCopyOfARecreatedImmutableObjectAnew() throws InterruptedException {
    namespace("recreate");
    physical(immutable("recreate", "blue"));
    rig.sync("configmaps/recreate/settings");
    final String old = copy("configmaps", "recreate", "settings").string("metadata.uid").get();
    physical.as("kubectl").delete("configmaps", "recreate", "settings");
    physical(immutable("recreate", "red"));

    Finding finding = rig.sync("configmaps/recreate/settings");

    assertThat(finding.verdict()).isEqualTo(Verdict.SYNCED);
    ObjectTree copy = copy("configmaps", "recreate", "settings");
    assertThat(copy.string("data.color")).contains("red");
    assertThat(copy.string("metadata.uid")).isNotEqualTo(Optional.of(old));
  }

  private static String deployment(String namespace, String container) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: %s}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - %s
        """
        .formatted(namespace, container);
  }

  /** As a physical cluster of another make may print them. */
  private static Desired unusualNumbers(Desired desired) {
    String limits = "spec.template.spec.containers[name=\"web\"].resources.limits";
    return Rig.changed(
        desired, desired.object().with(limits, Map.of("cpu", "2000m", "memory", "1024Mi")));
  }

  @Test
  void staysQuietWhereTheServerNormalises() throws InterruptedException {
    namespace("normal");
    rig.additions = (desired, object, copy) -> unusualNumbers(desired);
    physical(
        deployment(
            "normal", "{name: web, image: web, resources: {limits: {cpu: 2, memory: 1Gi}}}"));

    assertThat(rig.sync("deployments.apps/normal/web")).isEqualTo(Finding.SYNCED);

    long mark = workspace.journal().mark();
    assertThat(rig.sync("deployments.apps/normal/web")).isEqualTo(Finding.SYNCED);
    assertThat(writesSince(mark)).isEmpty();
    assertQuietAfterRestart("deployments.apps/normal/web");
  }

  @Test
  void reportsOnceWhatCannotBeApplied() throws InterruptedException {
    namespace("twice");
    physical(deployment("twice", "{name: web, image: web}"));
    rig.sync("deployments.apps/twice/web");
    physical
        .as("kubectl")
        .set(
            "deployments.apps",
            "twice",
            "web",
            "spec.template.spec.containers[0].env",
            List.of(Map.of("name", "A", "value", "1"), Map.of("name", "A", "value", "2")));

    Finding finding = rig.sync("deployments.apps/twice/web");

    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.reason()).isEqualTo("NotApplicable");
    assertThat(finding.message()).contains("env").contains("name=\"A\"");
    long mark = workspace.journal().mark();
    assertThat(rig.sync("deployments.apps/twice/web")).isEqualTo(finding);
    assertThat(workspace.journal().since(mark).writes().requests()).isEmpty();
  }

  @Test
  void failsForGoodOnAnImmutableFieldOfTheSameObject() throws InterruptedException {
    namespace("immutable");
    physical(deployment("immutable", "{name: web, image: web}"));
    rig.sync("deployments.apps/immutable/web");
    final String uid = copy("deployments.apps", "immutable", "web").string("metadata.uid").get();
    physical.as("kubectl").set("deployments.apps", "immutable", "web", "spec.replicas", 3);
    rig.additions =
        (desired, object, copy) ->
            Rig.changed(
                desired,
                desired
                    .object()
                    .with("spec.selector.matchLabels.more", "x")
                    .with("spec.template.metadata.labels.more", "x"));

    Finding finding = rig.sync("deployments.apps/immutable/web");

    assertThat(finding.reason()).isEqualTo("Invalid");
    assertThat(copy("deployments.apps", "immutable", "web").string("metadata.uid")).contains(uid);
  }

  @Test
  void finishesACreationThatWasCutOff() throws InterruptedException {
    namespace("cut");
    // what the POST leaves is not what was sent
    rig.additions = (desired, object, copy) -> unusualNumbers(desired);
    physical(
        deployment("cut", "{name: web, image: web, resources: {limits: {cpu: 2, memory: 1Gi}}}"));
    workspace.faults().on(Verb.PATCH, "deployments.apps").nth(1).respond(500);
    Outcome cut = rig.once("deployments.apps/cut/web");
    assertThat(cut).isInstanceOf(Outcome.Retry.class);
    assertThat(operation(copy("deployments.apps", "cut", "web"))).isEqualTo(Owned.Operation.UPDATE);
    rig = rig.restarted();

    assertThat(rig.sync("deployments.apps/cut/web")).isEqualTo(Finding.SYNCED);

    ObjectTree copy = copy("deployments.apps", "cut", "web");
    assertThat(operation(copy)).isEqualTo(Owned.Operation.APPLY);
    assertQuietAfterRestart("deployments.apps/cut/web");
  }

  @Test
  void survivesALostAnswerToTheCreation() throws InterruptedException {
    namespace("lost");
    physical(config("lost", "color: blue"));
    workspace.faults().on(Verb.CREATE, "configmaps").nth(2).resetAfterWrite();

    assertThat(rig.once("configmaps/lost/settings")).isInstanceOf(Outcome.Retry.class);
    assertThat(rig.sync("configmaps/lost/settings")).isEqualTo(Finding.SYNCED);

    assertQuietAfterRestart("configmaps/lost/settings");
  }
}
