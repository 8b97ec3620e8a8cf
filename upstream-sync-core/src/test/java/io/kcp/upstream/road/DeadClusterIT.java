package io.kcp.upstream.road;

import static io.kcp.upstream.road.Traps.LIMIT;
import static io.kcp.upstream.road.Traps.NS;
import static io.kcp.upstream.road.Traps.TARGET;
import static io.kcp.upstream.road.Traps.TARGETS;
import static io.kcp.upstream.road.Traps.assertNothingDeleted;
import static io.kcp.upstream.road.Traps.awaitCondition;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.testkit.Journal;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A physical cluster that is down, or no longer knows us. */
@ApiServerTest
class DeadClusterIT {
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  private InMemoryApiServer edge;
  private TestCluster shop;

  @BeforeEach
  void clusters(@Cluster("edge") InMemoryApiServer edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    edge.as("kubectl").apply(Manifests.shop(NS));
    shop.as("admin").apply(Manifests.syncTarget(TARGET, NS));
  }

  private UpstreamSyncer started(Supplier<ApiClient> renewal) throws Exception {
    SyncerConfig config =
        SyncerConfig.defaults()
            .with(new SyncerConfig.Retry(Duration.ofMillis(20), Duration.ofMillis(500), 0.2))
            .with(
                new SyncerConfig.Reporting(
                    HEARTBEAT,
                    Duration.ofMillis(100),
                    Duration.ofSeconds(3),
                    Duration.ofMinutes(5)));
    UpstreamSyncer syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()).renewedBy(renewal),
                Workspace.of(shop.client()),
                TARGET)
            .plugins(Plugins.none())
            .config(config)
            .build();
    syncer.start();
    syncer.awaitInSync(LIMIT);
    return syncer;
  }

  private List<Faults.Fault> refuse(int code) {
    List<Faults.Fault> faults = new ArrayList<>();
    for (Verb verb : List.of(Verb.GET, Verb.LIST, Verb.WATCH)) {
      faults.add(edge.faults().on(verb, "*").respond(code).optional());
    }
    return faults;
  }

  @Test
  void costsTheWorkspaceOneStatusWriteInEachInterval() throws Exception {
    try (UpstreamSyncer syncer = started(edge::readOnlyClient)) {
      refuse(503);
      edge.restart(false);
      awaitCondition(shop, "Ready", "False", "");
      awaitToldUnknown("deployments.apps");
      awaitToldUnknown("services");
      long mark = shop.journal().mark();
      long begun = System.nanoTime();

      Awaitility.await().atMost(LIMIT).until(() -> statusWrites(mark).size() >= 4);

      long beats = Duration.ofNanos(System.nanoTime() - begun).dividedBy(HEARTBEAT);
      assertThat(statusWrites(mark)).hasSizeLessThanOrEqualTo((int) beats + 2);
      assertThat(otherWrites(mark)).isEmpty();
      assertThat(syncer.state().inSync()).isFalse();
    }
  }

  /** Each copy says once that nothing is known of it any more. */
  private void awaitToldUnknown(String resource) {
    shop.await(
        resource,
        NS,
        "web",
        copy ->
            copy.annotations()
                .getOrDefault("upstream.workload.kcp.io/health", "")
                .contains("Unknown"));
  }

  private List<Journal.Request> statusWrites(long mark) {
    return shop.journal().since(mark).of(Verb.APPLY, TARGETS + "/status").requests();
  }

  private List<Journal.Request> otherWrites(long mark) {
    return shop.journal().since(mark).writes().requests().stream()
        .filter(request -> !request.resource().resource().equals("synctargets"))
        .filter(request -> !request.resource().resource().equals("leases"))
        .filter(request -> !request.resource().resource().equals("events"))
        .toList();
  }

  @Test
  void credentialsThatEndedAreReadAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    List<Faults.Fault> refusals = new ArrayList<>();
    Supplier<ApiClient> renewal =
        () -> {
          asked.incrementAndGet();
          refusals.forEach(Faults.Fault::lift);
          return edge.readOnlyClient();
        };
    try (UpstreamSyncer syncer = started(renewal)) {
      assertThat(asked).hasValue(0);
      long mark = shop.journal().mark();
      refusals.addAll(refuse(401));
      edge.restart(false);

      edge.as("kubectl").set("configmaps", NS, "web-config", "data.currency", "CHF");

      shop.await(
          "configmaps",
          NS,
          "web-config",
          map -> map.string("data.currency").filter("CHF"::equals).isPresent());
      assertThat(asked.get()).isPositive();
      assertNothingDeleted(shop, mark);
      syncer.awaitInSync(LIMIT);
    }
  }

  @Test
  void credentialsThatStayRefusedAreACondition() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (UpstreamSyncer syncer =
        started(
            () -> {
              asked.incrementAndGet();
              return edge.readOnlyClient();
            })) {
      List<Faults.Fault> refusals = refuse(401);
      edge.restart(false);

      awaitCondition(shop, "Ready", "False", "Unauthorized");
      assertThat(asked.get()).isPositive();
      assertThat(shop.find("configmaps", NS, "web-config")).isPresent();
      refusals.forEach(Faults.Fault::lift);
      awaitCondition(shop, "Ready", "True", "");
      syncer.awaitInSync(LIMIT);
    }
  }
}
