package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Journal;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes to copies that are as our last write left them: the mirror still has them. */
@ApiServerTest
class RememberedCopiesIT {
  private TestCluster physical;
  private TestCluster workspace;
  private Rig rig;

  @BeforeEach
  void start(@Cluster("physical") TestCluster physical, @Cluster("workspace") TestCluster workspace)
      throws InterruptedException {
    this.physical = physical;
    this.workspace = workspace;
    for (TestCluster each : List.of(physical, workspace)) {
      each.as("kubectl").apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    }
    rig =
        new Rig(
            physical,
            workspace,
            Map.of(
                "resources",
                List.of(Map.of("resource", "configmaps"), Map.of("resource", "secrets")),
                "conflict",
                Map.of("strategy", "client-side-wins")));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void physical(String kind, String data) {
    physical
        .as("kubectl")
        .apply(
            "{apiVersion: v1, kind: %s, metadata: {name: settings, namespace: shop}, data: {%s}}"
                .formatted(kind, data));
  }

  /** In sync, as after the first change of a copy that was created. */
  private void applied(String kind, String key) throws InterruptedException {
    for (String mode : List.of("mode: YQ==", "mode: Yg==")) {
      physical(kind, mode);
      rig.sync(key);
      rig.sync(key);
    }
  }

  private List<Verb> verbsOfNextChange(String kind, String key) throws InterruptedException {
    physical(kind, "mode: Yw==");
    long mark = workspace.journal().mark();
    assertThat(rig.sync(key)).isEqualTo(Finding.SYNCED);
    return workspace.journal().since(mark).requests().stream()
        .filter(request -> request.verb() != Verb.WATCH)
        .map(Journal.Request::verb)
        .toList();
  }

  private String mode(String resource) {
    return workspace.find(resource, "shop", "settings").orElseThrow().string("data.mode").get();
  }

  @Test
  void aChangeIsOneRequest() throws InterruptedException {
    applied("ConfigMap", "configmaps/shop/settings");

    assertThat(verbsOfNextChange("ConfigMap", "configmaps/shop/settings"))
        .containsExactly(Verb.APPLY);
    assertThat(mode("configmaps")).isEqualTo("Yw==");
  }

  @Test
  void whatIsRefusedAsOutdatedIsReadAndDecidedOnAnew() throws InterruptedException {
    applied("ConfigMap", "configmaps/shop/settings");
    workspace.faults().on(Verb.APPLY, "configmaps").times(1).respond(409);

    assertThat(verbsOfNextChange("ConfigMap", "configmaps/shop/settings"))
        .containsExactly(Verb.APPLY, Verb.GET, Verb.APPLY);
    assertThat(mode("configmaps")).isEqualTo("Yw==");
  }

  @Test
  void whatSomebodyChangedIsRead() throws InterruptedException {
    applied("ConfigMap", "configmaps/shop/settings");
    workspace.as("stranger").set("configmaps", "shop", "settings", "data.mode", "eA==");

    assertThat(verbsOfNextChange("ConfigMap", "configmaps/shop/settings"))
        .startsWith(Verb.GET)
        .endsWith(Verb.APPLY);
    assertThat(mode("configmaps")).isEqualTo("Yw==");
  }

  @Test
  void secretsAreNotKeptForIt() throws InterruptedException {
    applied("Secret", "secrets/shop/settings");

    assertThat(verbsOfNextChange("Secret", "secrets/shop/settings"))
        .containsExactly(Verb.GET, Verb.APPLY);
  }
}
