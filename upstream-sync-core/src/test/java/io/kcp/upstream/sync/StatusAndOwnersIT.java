package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Journal;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.wire.ApiRequest;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mirrored status and re-pointed owners, on two real servers. */
@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class StatusAndOwnersIT {
  private static final Map<String, Object> SPEC =
      Map.of(
          "resources",
          List.of(
              Map.of("group", "apps", "resource", "deployments"),
              Map.of("group", "apps", "resource", "replicasets")),
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

  private void restart() throws InterruptedException {
    rig.close();
    rig = new Rig(physical, workspace, SPEC);
  }

  private void workload(String kind, String namespace, String more) {
    physical
        .as("kubectl")
        .apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(namespace));
    physical
        .as("kubectl")
        .apply(
            """
            apiVersion: apps/v1
            kind: %s
            metadata: {name: web, namespace: %s%s}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: web}]}
            """
                .formatted(kind, namespace, more));
  }

  private static void status(TestCluster on, String namespace, String manager, Object status)
      throws InterruptedException {
    ObjectTree body =
        ObjectTree.of(
            Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of("name", "web", "namespace", namespace),
                "status",
                status));
    String path = "/apis/apps/v1/namespaces/%s/deployments/web/status".formatted(namespace);
    Rig.send(on, ApiRequest.apply(path, body).with("fieldManager", manager).with("force", "true"));
  }

  private ObjectTree copy(String namespace) {
    return workspace.find("deployments.apps", namespace, "web").orElseThrow();
  }

  private List<Journal.Request> writesSince(long mark) {
    return workspace.journal().since(mark).writes().requests().stream()
        .filter(request -> !request.dryRun())
        .toList();
  }

  @Test
  void mirrorsTheStatusInTheGenerationsOfTheCopy() throws InterruptedException {
    workload("Deployment", "status", "");
    physical.as("kubectl").set("deployments.apps", "status", "web", "spec.replicas", 3);
    status(physical, "status", "controller", Map.of("replicas", 2, "observedGeneration", 2));

    assertThat(rig.sync("deployments.apps/status/web")).isEqualTo(Finding.SYNCED);

    assertThat(copy("status").integer("status.replicas")).isEqualTo(OptionalLong.of(2));
    assertThat(copy("status").integer("status.observedGeneration"))
        .isEqualTo(copy("status").integer("metadata.generation"));

    physical.as("kubectl").set("deployments.apps", "status", "web", "spec.replicas", 4);
    rig.sync("deployments.apps/status/web");
    assertThat(copy("status").integer("status.observedGeneration").getAsLong())
        .isEqualTo(copy("status").integer("metadata.generation").getAsLong() - 1);

    long mark = workspace.journal().mark();
    restart();
    assertThat(rig.sync("deployments.apps/status/web")).isEqualTo(Finding.SYNCED);
    assertThat(writesSince(mark)).isEmpty();
  }

  @Test
  void writesStatusAloneWhereOnlyItChanged() throws InterruptedException {
    workload("Deployment", "alone", "");
    status(physical, "alone", "controller", Map.of("replicas", 1));
    rig.sync("deployments.apps/alone/web");
    long mark = workspace.journal().mark();

    status(physical, "alone", "controller", Map.of("replicas", 2));
    rig.sync("deployments.apps/alone/web");

    assertThat(writesSince(mark))
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.subresource()).isEqualTo("status");
              assertThat(request.manager()).isEqualTo("upstream-sync/edge-1-status");
            });
    status(workspace, "alone", "upstream-sync/edge-1-status", Map.of("replicas", 7));
    rig.sync("deployments.apps/alone/web");
    assertThat(copy("alone").integer("status.replicas")).isEqualTo(OptionalLong.of(2));
  }

  @Test
  void leavesStatusFieldsThatOthersTookToThem() throws InterruptedException {
    workload("Deployment", "taken", "");
    status(physical, "taken", "controller", Map.of("replicas", 1, "readyReplicas", 1));
    rig.sync("deployments.apps/taken/web");
    status(workspace, "taken", "stranger", Map.of("replicas", 9));
    status(physical, "taken", "controller", Map.of("replicas", 2, "readyReplicas", 2));

    Finding finding = rig.sync("deployments.apps/taken/web");

    assertThat(finding.reason()).isEqualTo("StatusFieldsKept");
    assertThat(copy("taken").integer("status.replicas")).isEqualTo(OptionalLong.of(9));
    assertThat(copy("taken").integer("status.readyReplicas")).isEqualTo(OptionalLong.of(2));
    long mark = workspace.journal().mark();
    assertThat(rig.sync("deployments.apps/taken/web")).isEqualTo(finding);
    assertThat(workspace.journal().since(mark).writes().requests()).isEmpty();
  }

  @Test
  void leavesAnOwnerOutUntilItIsUpstream() throws InterruptedException {
    workload("Deployment", "owners", "");
    String owner =
        physical
            .find("deployments.apps", "owners", "web")
            .flatMap(deployment -> deployment.string("metadata.uid"))
            .orElseThrow();
    workload(
        "ReplicaSet",
        "owners",
        ", ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: %s}]"
            .formatted(owner));

    assertThat(rig.sync("replicasets.apps/owners/web")).isEqualTo(Finding.SYNCED);
    assertThat(owners()).isEmpty();

    rig.sync("deployments.apps/owners/web");
    WorkKey replicaSet = new WorkKey(GroupResource.parse("replicasets.apps"), "owners", "web");
    assertThat(rig.queued).contains(replicaSet);
    assertThat(rig.sync("replicasets.apps/owners/web")).isEqualTo(Finding.SYNCED);
    assertThat(owners())
        .singleElement()
        .satisfies(
            reference ->
                assertThat(reference.string("uid"))
                    .isEqualTo(copy("owners").string("metadata.uid")));

    long mark = workspace.journal().mark();
    restart();
    assertThat(rig.sync("replicasets.apps/owners/web")).isEqualTo(Finding.SYNCED);
    assertThat(writesSince(mark)).isEmpty();
  }

  private List<ObjectTree> owners() {
    return workspace
        .find("replicasets.apps", "owners", "web")
        .orElseThrow()
        .items("metadata.ownerReferences");
  }
}
