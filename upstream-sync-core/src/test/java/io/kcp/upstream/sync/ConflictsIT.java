package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.transform.SyncKeys;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fields that both sides have a say in, on two real servers. */
@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class ConflictsIT {
  private TestCluster physical;
  private TestCluster workspace;
  private Rig rig;
  private String namespace = "";
  private Map<String, Object> spec = Map.of();

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

  private void start(String name, Map<String, Object> conflict) throws InterruptedException {
    namespace = name;
    spec =
        Map.of(
            "resources",
            List.of(Map.of("group", "", "resource", "configmaps")),
            "conflict",
            conflict);
    rig = new Rig(physical, workspace, spec);
    physical
        .as("kubectl")
        .apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
    apply(physical, "kubectl", "color: blue, size: big");
    sync();
  }

  private void apply(TestCluster on, String manager, String data) {
    on.as(manager)
        .forceApply(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: %s}
            data: {%s}
            """
                .formatted(namespace, data));
  }

  private Finding sync() throws InterruptedException {
    return rig.sync("configmaps/" + namespace + "/settings");
  }

  private Map<String, Object> data() {
    return copy().tree("data").map(ObjectTree::asMap).orElseThrow();
  }

  private ObjectTree copy() {
    return workspace.find("configmaps", namespace, "settings").orElseThrow();
  }

  private void assertQuiet(Verdict verdict) throws InterruptedException {
    long mark = workspace.journal().mark();
    assertThat(sync().verdict()).isEqualTo(verdict);
    rig.close();
    rig = new Rig(physical, workspace, spec);
    assertThat(sync().verdict()).isEqualTo(verdict);
    assertThat(sync().verdict()).isEqualTo(verdict);
    assertThat(workspace.journal().since(mark).writes().requests())
        .allMatch(request -> request.dryRun() || request.status() == 409);
  }

  @Test
  void thePhysicalSideTakesAFieldBack() throws InterruptedException {
    start("client", Map.of("strategy", "client-side-wins"));
    apply(workspace, "stranger", "color: pink");

    assertThat(sync().verdict()).isEqualTo(Verdict.SYNCED);

    assertThat(data()).containsEntry("color", "blue");
    assertThat(rig.history().newestFirst())
        .extracting(ConflictRecord::outcome)
        .containsExactly(ConflictRecord.Outcome.TOOK_PHYSICAL);
    assertQuiet(Verdict.SYNCED);
  }

  @Test
  void aFieldThatUpstreamAloneChangedIsLeftToItUntilPhysicalChanges() throws InterruptedException {
    start("yield", Map.of("strategy", "three-way-merge", "fallback", "client-side-wins"));
    apply(workspace, "stranger", "color: pink");

    assertThat(sync().verdict()).isEqualTo(Verdict.SYNCED);
    assertThat(data()).isEqualTo(Map.of("color", "pink", "size", "big"));
    assertThat(copy().annotations()).containsKey(SyncKeys.YIELDED);
    assertQuiet(Verdict.SYNCED);

    apply(physical, "kubectl", "color: blue, size: small");
    sync();
    assertThat(data()).isEqualTo(Map.of("color", "pink", "size", "small"));

    apply(physical, "kubectl", "color: green, size: small");
    sync();
    assertThat(data()).isEqualTo(Map.of("color", "green", "size", "small"));
  }

  @Test
  void aYieldedFieldThatNobodyHoldsAnyMoreComesBack() throws InterruptedException {
    start("unyield", Map.of("strategy", "server-side-wins"));
    apply(workspace, "stranger", "color: pink");
    sync();
    assertThat(data()).containsEntry("color", "pink");

    apply(workspace, "stranger", "");
    assertThat(sync().verdict()).isEqualTo(Verdict.SYNCED);

    assertThat(data()).containsEntry("color", "blue");
    assertThat(copy().annotations()).doesNotContainKey(SyncKeys.YIELDED);
    assertQuiet(Verdict.SYNCED);
  }

  @Test
  void aFieldThatBothChangedWaitsForAPersonAndHoldsUpNothingElse() throws InterruptedException {
    start("person", Map.of("strategy", "three-way-merge"));
    apply(workspace, "stranger", "color: pink");
    apply(physical, "kubectl", "color: green, size: small");

    Finding finding = sync();

    assertThat(finding.verdict()).isEqualTo(Verdict.CONFLICTING);
    assertThat(finding.message()).contains("data.color");
    assertThat(data()).isEqualTo(Map.of("color", "pink", "size", "small"));
    assertThat(rig.plan())
        .filteredOn(step -> step.physical().namespace().equals("person"))
        .extracting(step -> step.action() + " " + step.fields())
        .containsExactly("CONFLICT [data.color]");
    assertQuiet(Verdict.CONFLICTING);

    workspace
        .as("person")
        .set(
            "configmaps",
            "person",
            "settings",
            "metadata.annotations[\"%s\"]".formatted(SyncKeys.RESOLVE),
            "{\"data.color\": \"physical\"}");
    assertThat(sync().verdict()).isEqualTo(Verdict.SYNCED);
    assertThat(data()).containsEntry("color", "green");
    assertThat(copy().annotations()).doesNotContainKey(SyncKeys.RESOLVE);
    assertQuiet(Verdict.SYNCED);
  }

  @Test
  void aFieldThatOthersOwnTooGoesWithThePhysicalOne() throws InterruptedException {
    start("coowned", Map.of("strategy", "client-side-wins"));
    apply(workspace, "stranger", "color: blue");

    apply(physical, "kubectl", "size: big");
    assertThat(sync().verdict()).isEqualTo(Verdict.SYNCED);

    assertThat(data()).isEqualTo(Map.of("size", "big"));
    assertQuiet(Verdict.SYNCED);
  }

  @Test
  void aFieldOfOursThatSomebodyRemovedComesBack() throws InterruptedException {
    start("removed", Map.of("strategy", "client-side-wins"));
    workspace
        .as("stranger")
        .set("configmaps", "removed", "settings", "data", Map.of("size", "big"));

    assertThat(sync().verdict()).isEqualTo(Verdict.SYNCED);

    assertThat(data()).isEqualTo(Map.of("color", "blue", "size", "big"));
  }
}
