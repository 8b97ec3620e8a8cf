package io.kcp.upstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkspacesIT {
  private final InMemoryApiServer kcp =
      InMemoryApiServer.builder().workspace("root:shop").workspace("root:other").start();
  private final TestCluster shop = kcp.workspace("root:shop");
  private final TestCluster other = kcp.workspace("root:other");

  @AfterEach
  void close() {
    kcp.close();
  }

  private static void apply(TestCluster cluster, String name) {
    cluster
        .as("test")
        .apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}}".formatted(name));
  }

  private static void read(TestCluster cluster, String name) throws ApiException {
    var unused = new CoreV1Api(cluster.client()).readNamespacedConfigMap(name, "default").execute();
  }

  @Test
  void workspacesAreApart() {
    apply(shop, "a");

    assertThat(shop.find("configmaps", "default", "a")).isPresent();
    assertThat(other.find("configmaps", "default", "a")).isEmpty();
  }

  @Test
  void syncTargetsAreServedFromTheStartAndWorkloadsAreNot() {
    shop.as("admin")
        .apply(
            "{apiVersion: workload.kcp.io/v1alpha1, kind: SyncTarget, metadata: {name: edge-1}}");

    assertThat(shop.find("synctargets.workload.kcp.io", "", "edge-1"))
        .hasValueSatisfying(
            target -> assertThat(target.annotations()).containsKey("kcp.io/cluster"));
    assertThat(shop.find("deployments.apps", "default", "web")).isEmpty();
  }

  @Test
  void faultsAndJournalsAreOfOneWorkspaceAndTheServersOfAll() throws Exception {
    apply(shop, "a");
    apply(other, "a");
    shop.faults().on(Verb.GET, "configmaps").respond(500);

    assertThatThrownBy(() -> read(shop, "a")).isInstanceOf(ApiException.class);
    read(other, "a");

    assertThat(shop.journal().requests()).hasSize(1);
    assertThat(other.journal().requests()).hasSize(1);
    assertThat(kcp.journal().of(Verb.GET, "configmaps").requests()).hasSize(2);
  }

  @Test
  void aFaultOfTheServerMeetsAllWorkspaces() {
    kcp.faults().on(Verb.GET, "configmaps").respond(500);

    assertThatThrownBy(() -> read(shop, "a")).hasMessageContaining("500");
    assertThatThrownBy(() -> read(other, "a")).hasMessageContaining("500");
  }

  @Test
  void aWorkspaceMadeLaterIsLikeThoseFromTheStart() {
    kcp.createWorkspace("root:org:team");

    TestCluster team = kcp.workspace("root:org:team");
    assertThat(team.uri().toString()).endsWith("/clusters/root:org:team");
    assertThat(
            team.find(
                "customresourcedefinitions.apiextensions.k8s.io",
                "",
                "synctargets.workload.kcp.io"))
        .isPresent();
    assertThat(kcp.workspace("root:org").find("synctargets.workload.kcp.io", "", "x")).isEmpty();
    assertThatThrownBy(() -> kcp.createWorkspace("root:org:team"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aDeletedWorkspaceEndsInA404AndCanBeMadeAgain() {
    apply(shop, "a");

    kcp.deleteWorkspace("root:shop");

    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> kcp.workspace("root:shop"))
                    .isInstanceOf(IllegalStateException.class));
    assertThatThrownBy(() -> read(shop, "a")).hasMessageContaining("404");
    kcp.createWorkspace("root:shop");
    TestCluster again = kcp.workspace("root:shop");
    assertThat(again.find("configmaps", "default", "a")).isEmpty();
    apply(again, "a");
    assertThat(again.find("configmaps", "default", "a")).isPresent();
  }

  @Test
  void closingAWorkspaceLeavesItsData() {
    apply(shop, "a");

    shop.close();

    assertThat(kcp.workspace("root:shop").find("configmaps", "default", "a")).isPresent();
  }
}
