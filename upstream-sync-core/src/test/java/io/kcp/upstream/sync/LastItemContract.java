package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Items of a list that may not be empty, and that others own as well. */
abstract class LastItemContract {
  private static final String KEY = "services/last/web";

  @Test
  void itGoesThoughTheObjectMayNotBeWithoutIt(
      @Cluster("physical") TestCluster physical, @Cluster("workspace") TestCluster workspace)
      throws InterruptedException {
    Map<String, Object> spec =
        Map.of(
            "resources",
            List.of(Map.of("group", "", "resource", "services")),
            "conflict",
            Map.of("strategy", "client-side-wins"));
    physical.as("kubectl").apply("{apiVersion: v1, kind: Namespace, metadata: {name: last}}");
    physical.as("kubectl").apply(service("{name: one, port: 82}", "note"));
    try (Rig rig = new Rig(physical, workspace, spec)) {
      rig.sync(KEY);
      workspace.as("tenant").apply(service("{name: one, port: 82}", "mine"));
      physical
          .as("kubectl")
          .forceApply(
              service("{name: one, port: 87}, {name: two, port: 53, protocol: UDP}", "note"));

      assertThat(rig.sync(KEY).verdict()).isEqualTo(Verdict.SYNCED);

      ObjectTree copy = workspace.find("services", "last", "web").orElseThrow();
      assertThat(copy.items("spec.ports"))
          .extracting(port -> port.integer("port").orElse(0))
          .containsExactlyInAnyOrder(87L, 53L);
      assertThat(copy.annotations()).containsEntry("note", "x").containsEntry("mine", "x");
      assertIsQuiet(rig, workspace);
    }
  }

  private static void assertIsQuiet(Rig rig, TestCluster workspace) throws InterruptedException {
    long mark = workspace.journal().mark();
    try (Rig next = rig.restarted()) {
      assertThat(next.sync(KEY).verdict()).isEqualTo(Verdict.SYNCED);
    }
    assertThat(workspace.journal().since(mark).writes().requests())
        .allMatch(request -> request.dryRun());
  }

  private static String service(String ports, String annotation) {
    return """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: last, annotations: {%s: x}}
        spec: {selector: {app: web}, ports: [%s]}
        """
        .formatted(annotation, ports);
  }
}
