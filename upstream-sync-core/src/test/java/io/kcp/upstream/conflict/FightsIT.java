package io.kcp.upstream.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ConflictRecord.Outcome;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import io.kcp.upstream.transform.SyncKeys;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An autoscaler in the workspace that writes replicas all the time, on real servers. {@code
 * -Dfights.seconds=60} lets it go on for longer.
 */
@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class FightsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int SECONDS = Integer.getInteger("fights.seconds", 8);
  private static final String DEPLOYMENTS = "deployments.apps";
  private static final String TARGETS = "synctargets.workload.kcp.io";
  private static final String REPLICAS = "spec.replicas";
  private static final String IMAGE = "spec.template.spec.containers[name=\"web\"].image";
  private static int tests;

  private final String ns = "fight-" + ++tests;
  private final String target = "edge-" + tests;
  private final ScheduledExecutorService autoscaler = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong scaled = new AtomicLong(4);
  private final Queue<ConflictRecord> records = new ConcurrentLinkedQueue<>();
  private TestCluster edge;
  private TestCluster shop;
  private @Nullable UpstreamSyncer syncer;

  @BeforeEach
  void clusters(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
  }

  @AfterEach
  void stop() {
    autoscaler.shutdownNow();
    if (syncer != null) {
      syncer.close();
    }
  }

  private UpstreamSyncer start(String strategy) throws Exception {
    edge.as("kubectl")
        .apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(ns));
    edge.as("kubectl")
        .apply(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: %s}
            spec:
              replicas: 3
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "web:0"}]}
            """
                .formatted(ns));
    shop.as("admin")
        .apply(
            """
            apiVersion: workload.kcp.io/v1alpha1
            kind: SyncTarget
            metadata: {name: %s}
            spec:
              upstreamSync:
                namespaces: {include: [%s]}
                resources: [{group: apps, resource: deployments}]
                conflict:
                  rules:
                  - {name: scaling, group: apps, resource: deployments, fields: [spec.replicas], strategy: %s}
            """
                .formatted(target, ns, strategy));
    return startSyncer();
  }

  private UpstreamSyncer startSyncer() throws Exception {
    UpstreamSyncer started =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), target)
            .plugins(Plugins.none().with(records::add))
            .build();
    syncer = started;
    started.start();
    started.awaitInSync(LIMIT);
    return started;
  }

  /** From now on, and until the test ends or {@link #autoscaler} is shut down. */
  private void scaleEvery(long millis) {
    Future<?> unused =
        autoscaler.scheduleWithFixedDelay(this::scale, 0, millis, TimeUnit.MILLISECONDS);
  }

  private void scale() {
    shop.as("autoscaler").set(DEPLOYMENTS, ns, "web", REPLICAS, scaled.incrementAndGet());
  }

  private ObjectTree awaitSettled(String status, String reason) {
    String condition = "status.conditions[type=\"ConflictsSettled\"].";
    ObjectTree[] found = new ObjectTree[1];
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              ObjectTree now = shop.find(TARGETS, "", target).orElseThrow();
              assertThat(now.string(condition + "status")).contains(status);
              assertThat(now.string(condition + "reason")).contains(reason);
              found[0] = now;
            });
    return found[0];
  }

  private long events(String reason) throws Exception {
    return new CoreV1Api(shop.client())
        .listNamespacedEvent(ns).execute().getItems().stream()
            .filter(event -> reason.equals(event.getReason()))
            .count();
  }

  @Test
  void aFieldThatIsLeftToAnAutoscalerStaysItsAndTheRestStaysOurs() throws Exception {
    start("server-side-wins");
    scale();
    await().atMost(LIMIT).until(() -> !records.isEmpty());
    long mark = shop.journal().mark();
    scaleEvery(1_000);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);

    int images = 0;
    while (System.nanoTime() < end) {
      String image = "web:" + ++images;
      edge.as("kubectl").set(DEPLOYMENTS, ns, "web", IMAGE, image);
      ObjectTree copy =
          shop.await(
              DEPLOYMENTS, ns, "web", web -> web.string(IMAGE).filter(image::equals).isPresent());
      assertThat(copy.integer(REPLICAS).orElseThrow()).isGreaterThan(4);
    }
    autoscaler.shutdown();
    assertThat(autoscaler.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

    ObjectTree copy = shop.find(DEPLOYMENTS, ns, "web").orElseThrow();
    assertThat(copy.integer(REPLICAS)).hasValue(scaled.get());
    assertThat(FieldNotes.yielded(copy)).isEqualTo(WebFixture.fields(REPLICAS));
    assertThat(records).extracting(ConflictRecord::outcome).containsExactly(Outcome.KEPT_UPSTREAM);
    assertThat(
            shop.journal().since(mark).of(Verb.APPLY, DEPLOYMENTS).requests().stream()
                .filter(request -> request.status() == 200 && request.subresource().isEmpty()))
        .as("writes, for as many images")
        .hasSizeLessThanOrEqualTo(images);
    awaitSettled("True", "Settled");
  }

  @Test
  void aFieldThatBothWantIsHeldSaidAndSettledByAPerson() throws Exception {
    UpstreamSyncer running = start("client-side-wins");
    scaleEvery(200);

    ObjectTree told = awaitSettled("False", "FightHeld");
    autoscaler.shutdown();
    assertThat(autoscaler.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

    assertThat(told.string("status.conditions[type=\"ConflictsSettled\"].message").orElseThrow())
        .contains(DEPLOYMENTS, REPLICAS, SyncKeys.RESOLVE);
    assertThat(told.integer("status.upstreamSync.conflicts.fights")).hasValue(1);
    assertThat(records)
        .filteredOn(record -> record.outcome() == Outcome.TOOK_PHYSICAL)
        .as("writes before it is held")
        .hasSize(3);
    assertThat(running.conflicts().get(0).outcome()).isEqualTo(Outcome.HELD);
    await().atMost(LIMIT).until(() -> events("FightHeld") == 1);

    edge.as("kubectl").set(DEPLOYMENTS, ns, "web", IMAGE, "web:9");
    ObjectTree copy =
        shop.await(
            DEPLOYMENTS, ns, "web", web -> web.string(IMAGE).filter("web:9"::equals).isPresent());
    assertThat(copy.integer(REPLICAS)).hasValue(scaled.get());

    shop.as("person")
        .set(
            DEPLOYMENTS,
            ns,
            "web",
            FieldPath.of("metadata", "annotations", SyncKeys.RESOLVE).toString(),
            "{\"spec.replicas\": \"physical\"}");
    shop.await(DEPLOYMENTS, ns, "web", web -> web.integer(REPLICAS).orElse(0) == 3);
    awaitSettled("True", "Settled");
    assertThat(running.conflicts().get(0).decidedBy()).isEqualTo("person");
    assertThat(events("FightHeld")).isEqualTo(1);
  }

  @Test
  void whatIsHeldStaysHeldWhenTheSyncerIsStartedAnew() throws Exception {
    UpstreamSyncer first = start("client-side-wins");
    scaleEvery(200);
    awaitSettled("False", "FightHeld");
    autoscaler.shutdown();
    assertThat(autoscaler.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    first.close();
    records.clear();

    UpstreamSyncer second = startSyncer();

    awaitSettled("False", "FightHeld");
    assertThat(shop.find(DEPLOYMENTS, ns, "web").orElseThrow().integer(REPLICAS))
        .hasValue(scaled.get());
    assertThat(second.conflicts().get(0).outcome()).isEqualTo(Outcome.HELD);
    assertThat(records).extracting(ConflictRecord::outcome).doesNotContain(Outcome.TOOK_PHYSICAL);
  }

  @Test
  void aHeldFieldIsFreeOnceBothAgree() throws Exception {
    start("client-side-wins");
    scaleEvery(200);
    awaitSettled("False", "FightHeld");
    autoscaler.shutdown();
    assertThat(autoscaler.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

    edge.as("kubectl").set(DEPLOYMENTS, ns, "web", REPLICAS, scaled.get());

    awaitSettled("True", "Settled");
    scale();
    shop.await(DEPLOYMENTS, ns, "web", web -> web.integer(REPLICAS).orElse(0) == scaled.get() - 1);
  }
}
