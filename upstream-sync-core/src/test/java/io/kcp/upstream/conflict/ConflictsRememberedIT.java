package io.kcp.upstream.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ConflictRecord.Outcome;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What is still known of conflicts after a restart. */
@ApiServerTest
class ConflictsRememberedIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String MAP =
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: m, namespace: default}, data: {a: '1', b:"
          + " '1'}}";

  private final Queue<ConflictRecord> records = new ConcurrentLinkedQueue<>();

  @Test
  void anOpenOneIsNoNewsAfterARestartAndHasItsValuesAgain(
      @Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) throws Exception {
    edge.as("kubectl").apply(MAP);
    shop.as("admin")
        .apply(
            "{apiVersion: workload.kcp.io/v1alpha1, kind: SyncTarget, metadata: {name: edge-1},"
                + " spec: {upstreamSync: {resources: [{resource: configmaps}]}}}");
    try (UpstreamSyncer syncer = start(edge, shop)) {
      assertThat(syncer.conflicts()).isEmpty();
    }
    shop.as("tenant").set("configmaps", "default", "m", "data.a", "3");
    shop.as("tenant").set("configmaps", "default", "m", "data.b", "3");
    edge.as("kubectl").set("configmaps", "default", "m", "data.a", "2");
    try (UpstreamSyncer syncer = start(edge, shop)) {
      assertThat(syncer.conflicts()).hasSize(2);
    }
    assertThat(records)
        .extracting(ConflictRecord::outcome)
        .containsExactlyInAnyOrder(Outcome.UNRESOLVED, Outcome.KEPT_UPSTREAM);
    records.clear();

    try (UpstreamSyncer syncer = start(edge, shop)) {
      assertThat(records).isEmpty();
      assertThat(syncer.conflicts())
          .extracting(
              r -> r.field() + " " + r.outcome() + " " + r.physicalValue() + r.upstreamValue())
          .containsExactlyInAnyOrder("data.a UNRESOLVED 23", "data.b KEPT_UPSTREAM nullnull");
    }
  }

  private UpstreamSyncer start(TestCluster edge, TestCluster shop) throws Exception {
    UpstreamSyncer syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "edge-1")
            .plugins(Plugins.none().with(records::add))
            .build();
    syncer.start();
    syncer.awaitInSync(LIMIT);
    return syncer;
  }
}
