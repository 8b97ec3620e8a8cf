package io.kcp.upstream.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorSettings;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.status.health.HealthRules;
import io.kcp.upstream.status.health.HealthSettings;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.wire.Backoff;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said on copies while it becomes known how their pods do. */
@ApiServerTest
class CopyReportsIT {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String BEFORE = "{\"pods\":7,\"ready\":7}";
  private static final ResourceType DAEMON_SETS =
      new ResourceType(
          GroupResource.parse("daemonsets.apps"),
          "v1",
          "DaemonSet",
          true,
          Set.of("list", "watch"),
          Set.of("status"));
  private static final SyncedType TYPE =
      new SyncedType(DAEMON_SETS, DAEMON_SETS, MergeSchema.deduced());

  private final List<String> said = new ArrayList<>();
  private int begun;
  private volatile Thread watching;
  private TestCluster edge;
  private ObjectTree web;
  private CopyReports reports;

  @BeforeEach
  void workload(@Cluster("edge") TestCluster edge) {
    this.edge = edge;
    edge.as("kubectl")
        .apply(
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: web, namespace: default}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: main, image: nginx}]}
            """);
    web = edge.find("daemonsets.apps", "default", "web").orElseThrow();
    pod("one");
    reports =
        new CopyReports(
            new ClusterEndpoint(
                "physical cluster",
                edge.readOnlyClient(),
                "",
                new EndpointLimits(1000, 1000, 16, 500, LIMIT),
                edge::readOnlyClient),
            MirrorSettings.of(
                this::thread,
                new LookingClock(),
                new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), 0.2)),
            Duration.ofSeconds(1),
            HealthRules.of(HealthSettings.defaults(), List.of()),
            () -> {});
  }

  private void pod(String name) {
    edge.as("controller")
        .apply(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: %s
              namespace: default
              ownerReferences:
              - {apiVersion: apps/v1, kind: DaemonSet, name: web, uid: %s, controller: true}
            spec: {containers: [{name: main, image: nginx}]}
            """
                .formatted(name, web.string("metadata.uid").orElseThrow()));
  }

  @AfterEach
  void stop() {
    reports.stop();
  }

  private Thread thread(Runnable task) {
    look();
    begun++;
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  /** Each thing that beginning to watch does is followed by a look, as late as can be. */
  private void look() {
    if (Thread.currentThread() == watching) {
      watching = null;
      await()
          .atMost(LIMIT)
          .until(() -> reports.mirrors().stream().filter(Mirror::hasSynced).count() == begun);
      said.add(rollup());
      watching = Thread.currentThread();
    }
  }

  private final class LookingClock extends Clock {
    @Override
    public Instant instant() {
      look();
      return Instant.now();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("only UTC");
    }
  }

  /** What is said on a copy that said something before. */
  private String rollup() {
    ObjectKey key = ObjectKey.parse("physical:daemonsets.apps/default/web");
    ObjectTree object = web.without("status").without("metadata.uid");
    Desired desired =
        new Desired(
            TYPE,
            key,
            ObjectKey.parse("upstream:daemonsets.apps/default/web"),
            object,
            Optional.empty(),
            new Desired.Origin(web.string("metadata.uid").orElseThrow(), "1", 1),
            Map.of(),
            List.of());
    ObjectTree copy = object.with(CopyWords.path(SyncKeys.ROLLUP), BEFORE);
    return reports
        .added(desired, web, () -> Optional.of(copy))
        .object()
        .annotations()
        .getOrDefault(SyncKeys.ROLLUP, "nothing");
  }

  @Test
  void beforePodsAreWatchedACopySaysWhatItSaid() {
    assertThat(rollup()).isEqualTo(BEFORE);
    assertThat(reports.isTold()).isFalse();
  }

  @Test
  void whileWatchesBeginOneAfterTheOtherACopySaysWhatItSaid() {
    watching = Thread.currentThread();
    reports.watchFor(List.of(TYPE));
    watching = null;

    await().atMost(LIMIT).until(() -> rollup().startsWith("{\"pods\":1,"));
    assertThat(said).isNotEmpty().containsOnly(BEFORE);
  }

  @Test
  void podsThatWentWhileNobodyWatchedAreNotCounted() {
    reports.watchFor(List.of(TYPE));
    await().atMost(LIMIT).until(() -> rollup().startsWith("{\"pods\":1,"));
    reports.watchFor(List.of());
    edge.as("controller").delete("pods", "default", "one");
    edge.awaitGone("pods", "default", "one");

    reports.watchFor(List.of(TYPE));

    await().atMost(LIMIT).until(() -> reports.mirrors().stream().allMatch(Mirror::hasSynced));
    assertThat(rollup()).startsWith("{\"pods\":0,");
  }
}
