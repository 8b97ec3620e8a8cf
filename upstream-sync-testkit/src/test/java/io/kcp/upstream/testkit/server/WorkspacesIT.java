package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TestObjects.CONFIG_MAPS;
import static io.kcp.upstream.testkit.server.TestObjects.CRDS;
import static io.kcp.upstream.testkit.server.TestObjects.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.testkit.server.RunningServer.Answer;
import io.kcp.upstream.testkit.server.RunningServer.Watch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkspacesIT {
  private static final String A = "/clusters/root:a";
  private static final String B = "/clusters/root:b";

  private final RunningServer server = RunningServer.kcp("root:a", "root:b");

  @AfterEach
  void close() {
    server.close();
  }

  private static String cluster(Answer answer) {
    return answer.string("metadata", "annotations", "kcp.io/cluster");
  }

  @Test
  void workspacesDoNotSeeEachOther() {
    Answer created = server.post(A + CONFIG_MAPS, configMap("x", "1"));

    assertThat(cluster(created)).hasSize(16);
    assertThat(server.get(B + CONFIG_MAPS + "/x").status()).isEqualTo(404);
    assertThat(server.get("/clusters/" + cluster(created) + CONFIG_MAPS + "/x").status())
        .isEqualTo(200);
  }

  @Test
  void theClusterAnnotationIsNotStored() {
    Answer created = server.post(A + CONFIG_MAPS, configMap("x", "1"));

    Answer copied =
        server.post(
            B + CONFIG_MAPS,
            "{\"metadata\": {\"name\": \"y\", \"annotations\": {\"kcp.io/cluster\": \"%s\"}}}"
                .formatted(cluster(created)));

    assertThat(cluster(copied)).isNotEqualTo(cluster(created));
    assertThat(copied.text()).doesNotContain("f:kcp.io/cluster");
  }

  @Test
  void servesNoWorkloadsAndNoAggregatedDiscovery() {
    Answer groups =
        server.get(
            A + "/apis",
            "Accept",
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json");

    assertThat(groups.string("kind")).isEqualTo("APIGroupList");
    assertThat(groups.text()).doesNotContain("\"apps\"");
    assertThat(server.get(A + "/api/v1").text()).doesNotContain("\"pods\"");
  }

  @Test
  void servesCrdsOfTheCoreGroupAndOfDotlessGroups() {
    server.post(A + CRDS, TestObjects.crd("pods.core", "", "pods", "Pod"));
    server.post(A + CRDS, TestObjects.crd("deployments.apps", "apps", "deployments", "Deployment"));

    await().until(() -> server.get(A + "/api/v1/pods").status() == 200);
    await().until(() -> server.get(A + "/apis/apps/v1/deployments").status() == 200);
    assertThat(server.get(B + "/api/v1/pods").status()).isEqualTo(404);
  }

  @Test
  void anUnknownWorkspaceIs404() {
    Answer answer = server.get("/clusters/root:nosuch/api/v1/namespaces");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.string("message"))
        .isEqualTo("workspaces.tenancy.kcp.io \"root:nosuch\" not found");
  }

  @Test
  void listsAndWatchesAllWorkspacesTogether() {
    server.post(A + CONFIG_MAPS, configMap("x", "1"));
    server.post(B + CONFIG_MAPS, configMap("x", "1"));

    String onlyX = "?fieldSelector=metadata.name%3Dx"; // kube-root-ca.crt is everywhere
    assertThat(server.get("/clusters/*/api/v1/configmaps" + onlyX).names())
        .containsExactly("x", "x");
    assertThat(server.post("/clusters/*" + CONFIG_MAPS, configMap("y", "1")).status())
        .isEqualTo(405);
    try (Watch watch = server.watch("/clusters/*/api/v1/configmaps" + onlyX + "&watch=1")) {
      watch.next();
      watch.next();
      server.delete(B + CONFIG_MAPS + "/x");
      assertThat(watch.nextName()).isEqualTo("DELETED x");
    }
  }

  @Test
  void aDeletedWorkspaceEmptiesBeforeItGoes() {
    server.post(A + CONFIG_MAPS, configMap("x", "1"));

    server.backend().deleteWorkspace("root:a");

    await().until(() -> server.get(A + CONFIG_MAPS).names().isEmpty());
    assertThat(server.get(A + CONFIG_MAPS).status()).isEqualTo(200);
    await().until(() -> server.get(A + CONFIG_MAPS).status() == 404);
    assertThat(server.backend().hasWorkspace("root:a")).isFalse();
  }

  @Test
  void aWorkspaceMadeAgainIsAnotherCluster() {
    String before = cluster(server.post(A + CONFIG_MAPS, configMap("x", "1")));
    server.backend().deleteWorkspace("root:a");
    await().until(() -> !server.backend().hasWorkspace("root:a"));

    server.backend().createWorkspace("root:a");

    assertThat(cluster(server.post(A + CONFIG_MAPS, configMap("x", "1")))).isNotEqualTo(before);
  }

  @Test
  void refusesToMakeAWorkspaceTwice() {
    assertThatThrownBy(() -> server.backend().createWorkspace("root:a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("root:a");
    server.backend().createWorkspace("root:c:d");
    assertThat(server.backend().hasWorkspace("root:c")).isTrue();
  }
}
