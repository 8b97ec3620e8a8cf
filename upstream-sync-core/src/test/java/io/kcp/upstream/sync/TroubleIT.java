package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random changes on both sides, random faults and random ends of the process. */
@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class TroubleIT {
  private static final int STEPS = 60;
  private static final Map<String, Object> SPEC =
      Map.of(
          "resources",
          List.of(Map.of("group", "", "resource", "configmaps")),
          "conflict",
          Map.of("strategy", "client-side-wins"));
  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  private Rig rig;

  @AfterEach
  void stop() {
    rig.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20, 300})
  void convergesWhenTheFaultsStopAndHarmsNobody(
      long seed,
      @Cluster("physical") TestCluster physical,
      @Cluster("workspace") TestCluster workspace)
      throws InterruptedException {
    String namespace = "seed" + seed;
    Random random = new Random(seed);
    namespace(physical, namespace);
    namespace(workspace, namespace);
    config(workspace, "stranger", namespace, "foreign", "color: green");
    config(physical, "kubectl", namespace, "foreign", "color: blue");
    rig = new Rig(physical, workspace, SPEC);
    List<Faults.Fault> faults =
        List.of(
            workspace.faults().random(seed, 0.2).optional(),
            physical.faults().random(seed + 1, 0.1).optional());

    for (int i = 0; i < STEPS; i++) {
      step(random, namespace, physical, workspace);
    }
    faults.forEach(Faults.Fault::lift);
    settle(namespace);

    for (String name : NAMES) {
      assertThat(data(workspace, namespace, name))
          .as(name)
          .isEqualTo(data(physical, namespace, name));
    }
    assertThat(data(workspace, namespace, "foreign")).contains(Map.of("color", "green"));
    long mark = workspace.journal().mark();
    rig = rig.restarted();
    settle(namespace);
    assertThat(workspace.journal().since(mark).writes().requests())
        .allMatch(request -> request.dryRun() || request.status() == 409);
  }

  private void step(Random random, String namespace, TestCluster physical, TestCluster workspace)
      throws InterruptedException {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    switch (random.nextInt(8)) {
      case 0, 1 ->
          config(physical, "kubectl", namespace, name, "n: \"%d\"".formatted(random.nextInt(9)));
      case 2 ->
          config(
              physical, "kubectl", namespace, name, "m: \"%d\", o: x".formatted(random.nextInt(9)));
      case 3 ->
          physical
              .find("configmaps", namespace, name)
              .ifPresent(there -> physical.as("kubectl").delete("configmaps", namespace, name));
      case 4 ->
          workspace
              .find("configmaps", namespace, name)
              .ifPresent(there -> workspace.as("stranger").delete("configmaps", namespace, name));
      case 5 ->
          workspace
              .find("configmaps", namespace, name)
              .ifPresent(
                  there ->
                      workspace
                          .as("stranger")
                          .set("configmaps", namespace, name, "data.n", "drift"));
      case 6 -> {
        rig = rig.restarted();
      }
      default -> rig.now("configmaps/%s/%s".formatted(namespace, name));
    }
    rig.now("configmaps/%s/%s".formatted(namespace, NAMES.get(random.nextInt(NAMES.size()))));
  }

  private void settle(String namespace) throws InterruptedException {
    List<String> all = new ArrayList<>(NAMES);
    all.add("foreign");
    for (String name : all) {
      String key = "configmaps/%s/%s".formatted(namespace, name);
      Finding finding = rig.sync(key);
      assertThat(finding.verdict()).as(key + ": " + finding).isNotEqualTo(Verdict.FAILED);
    }
  }

  private static void namespace(TestCluster cluster, String name) {
    cluster
        .as("kubectl")
        .apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
  }

  private static void config(
      TestCluster cluster, String manager, String namespace, String name, String data) {
    cluster
        .as(manager)
        .apply(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: %s, namespace: %s}
            data: {%s}
            """
                .formatted(name, namespace, data));
  }

  /** What is in it, less what only a stranger put there. */
  private static Optional<Map<String, Object>> data(
      TestCluster cluster, String namespace, String name) {
    return cluster
        .find("configmaps", namespace, name)
        .map(object -> new TreeMap<>(object.tree("data").map(ObjectTree::asMap).orElse(Map.of())))
        .map(
            data -> {
              data.remove("n", "drift");
              return data;
            });
  }
}
