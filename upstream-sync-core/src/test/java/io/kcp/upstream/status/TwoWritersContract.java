package io.kcp.upstream.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import io.kcp.upstream.wire.RequestException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A controller of somebody else reports on the same SyncTarget, as kcp's own does. */
abstract class TwoWritersContract {
  private static final String PATH = "/apis/workload.kcp.io/v1alpha1/synctargets/edge-1";

  private final int rounds;

  TwoWritersContract(int rounds) {
    this.rounds = rounds;
  }

  private volatile int round;

  private TargetReport report() {
    return new TargetReport(
        1,
        "uid",
        null,
        Map.of("synced", (long) round),
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(Condition.isTrue("Ready", "Round" + round, "ours")),
        WorkloadSums.NONE);
  }

  @Test
  void nobodysFieldsAreLost(@Cluster("shop") TestCluster shop) throws Exception {
    shop.as("admin")
        .apply(
            """
            apiVersion: workload.kcp.io/v1alpha1
            kind: SyncTarget
            metadata: {name: edge-1}
            spec: {}
            """);
    ClusterEndpoint workspace =
        new ClusterEndpoint(
            "workspace",
            shop.client(),
            "",
            new EndpointLimits(1_000_000, 1_000_000, 16, 500, Duration.ofSeconds(30)),
            shop::client);
    StatusWriter ours =
        new StatusWriter(
            workspace,
            new StatusWriter.Settings(
                "edge-1", "upstream-sync/edge-1", Duration.ZERO, Duration.ofHours(1)),
            ObjectTree.of(Map.of()),
            this::report,
            Clock.systemUTC());
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      for (int i = 1; i <= rounds; i++) {
        int now = i;
        round = i;
        Future<?> theirs = other.submit(() -> report(workspace, now));
        ours.writeNow();
        theirs.get();
        check(workspace.send(ApiRequest.get(PATH)).object());
      }
    } finally {
      other.shutdownNow();
    }
    assertThat(ours.writes()).isEqualTo(rounds);
  }

  private void check(ObjectTree target) {
    assertThat(condition(target, "Ready")).isEqualTo("Round" + round);
    assertThat(condition(target, "Scheduled")).isEqualTo("Theirs" + round);
    assertThat(target.integer("status.upstreamSync.objects.synced")).hasValue(round);
    assertThat(target.string("status.allocatable.pods")).contains(Integer.toString(round));
  }

  private static String condition(ObjectTree target, String type) {
    return target.string("status.conditions[type=\"%s\"].reason".formatted(type)).orElse("");
  }

  /** Reads, changes and puts the whole status in odd rounds; applies its part in the others. */
  private static Void report(ClusterEndpoint workspace, int round) throws InterruptedException {
    if (round % 2 == 0) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("apiVersion", "workload.kcp.io/v1alpha1");
      body.put("kind", "SyncTarget");
      body.put("metadata", Map.of("name", "edge-1"));
      body.put("status", theirs(round));
      workspace.send(
          ApiRequest.apply(PATH + "/status", ObjectTree.of(body))
              .with("fieldManager", "kcp")
              .with("force", "true"));
      return null;
    }
    while (!put(workspace, round)) {
      Thread.onSpinWait();
    }
    return null;
  }

  private static Map<String, Object> theirs(int round) {
    return Map.of(
        "allocatable",
        Map.of("pods", Integer.toString(round)),
        "conditions",
        List.of(
            Map.of(
                "type",
                "Scheduled",
                "status",
                "True",
                "reason",
                "Theirs" + round,
                "lastTransitionTime",
                "2026-01-01T00:00:00Z")));
  }

  private static boolean put(ClusterEndpoint workspace, int round) throws InterruptedException {
    ObjectTree target = workspace.send(ApiRequest.get(PATH)).object();
    List<Object> conditions = new ArrayList<>((List<?>) theirs(round).get("conditions"));
    target.items("status.conditions").stream()
        .filter(each -> !each.string("type").equals(Optional.of("Scheduled")))
        .forEach(each -> conditions.add(each.asMap()));
    ObjectTree changed =
        target
            .with("status.allocatable.pods", Integer.toString(round))
            .with("status.conditions", conditions);
    try {
      workspace.send(ApiRequest.put(PATH + "/status", changed).with("fieldManager", "kcp"));
      return true;
    } catch (RequestException e) {
      if (e.code() != 409) {
        throw e;
      }
      return false;
    }
  }
}
