package io.kcp.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.Decision;
import io.kcp.upstream.spi.FieldConflict;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.HealthCheck;
import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.HealthVerdict;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.TransformContext;
import io.kcp.upstream.spi.Transformer;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What makes a process worth a new start, and what does not. */
@ApiServerTest
class StuckIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long HOUR = Duration.ofHours(1).toNanos();

  private final AtomicLong nanos = new AtomicLong(System.nanoTime());
  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicInteger held = new AtomicInteger();
  private TestCluster edge;
  private TestCluster shop;
  private SyncRuntime runtime;

  @BeforeEach
  void clusters(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    runtime =
        new SyncRuntime(
            4,
            Clock.systemUTC(),
            SyncMeters.NONE,
            new ScheduledThreadPoolExecutor(1),
            new Vigil(nanos::get));
    edge.as("kubectl").apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
  }

  @AfterEach
  void release() {
    never.countDown();
    runtime.close();
  }

  private void target(String more) {
    shop.as("admin")
        .apply(
            """
            apiVersion: workload.kcp.io/v1alpha1
            kind: SyncTarget
            metadata: {name: edge-1}
            spec: {upstreamSync: {resources: [{group: apps, resource: deployments}, {resource: configmaps}]%s}}
            """
                .formatted(more));
  }

  private void deployment(String name) {
    edge.as("kubectl")
        .apply(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %s, namespace: shop}
            spec:
              replicas: 1
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: web}]}
            """
                .formatted(name));
  }

  private UpstreamSyncer syncer(PhysicalCluster physical, Plugins plugins, Duration request) {
    SyncerConfig config = SyncerConfig.defaults();
    return UpstreamSyncer.builder(physical, Workspace.of(shop.client()), "edge-1")
        .plugins(plugins)
        .runtime(runtime)
        .config(
            config
                .with(
                    new SyncerConfig.Timeouts(
                        LIMIT, request, Duration.ofMillis(100), Duration.ofMillis(100)))
                .with(new SyncerConfig.Retry(Duration.ofMillis(10), Duration.ofMillis(50), 0.2)))
        .build();
  }

  /** Code of others that never returns, and does not heed an interrupt. */
  private <T> T hang(T never) {
    held.incrementAndGet();
    boolean ended = false;
    while (!ended) {
      try {
        this.never.await();
        ended = true;
      } catch (InterruptedException e) {
        // As code does that is not made to be interrupted.
      }
    }
    return never;
  }

  private final class HangingTransformer implements Transformer {
    @Override
    public String name() {
      return "acme.example.com/hangs";
    }

    @Override
    public boolean handles(GroupResource resource) {
      return resource.group().equals("apps");
    }

    @Override
    public ObjectTree transform(ObjectTree object, TransformContext context) {
      return object.name().equals("transformed") ? hang(object) : object;
    }
  }

  private final class HangingStrategy implements ConflictStrategy {
    @Override
    public String name() {
      return "acme.example.com/hangs";
    }

    @Override
    public Decision resolve(FieldConflict conflict) {
      return hang(Decision.keepUpstream());
    }
  }

  private final class HangingCheck implements HealthCheck {
    @Override
    public String name() {
      return "acme.example.com/hangs";
    }

    @Override
    public boolean handles(GroupResource resource) {
      return true;
    }

    @Override
    public Optional<HealthVerdict> assess(ObjectTree object, HealthContext context) {
      return object.name().equals("checked") ? hang(Optional.empty()) : Optional.empty();
    }
  }

  @Test
  void pluginsThatNeverReturnHoldNoWorker() throws Exception {
    target(
        ", conflict: {strategy: acme.example.com/hangs}, transformers: [{name:"
            + " acme.example.com/hangs}]");
    deployment("web");
    Plugins plugins =
        Plugins.none()
            .with(new HangingTransformer())
            .with(new HangingStrategy())
            .with(new HangingCheck());
    try (UpstreamSyncer syncer =
        syncer(PhysicalCluster.of(edge.readOnlyClient()), plugins, LIMIT)) {
      syncer.start();
      syncer.awaitInSync(LIMIT);
      shop.as("tenant").set("deployments.apps", "shop", "web", "spec.replicas", 5);
      edge.as("kubectl").set("deployments.apps", "shop", "web", "spec.replicas", 3);
      deployment("transformed");
      deployment("checked");
      await().atMost(LIMIT).until(() -> held.get() >= 3);

      nanos.addAndGet(HOUR);

      await().atMost(LIMIT).until(() -> runtime.stuck().isEmpty());
      edge.as("kubectl")
          .apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: last, namespace: shop}}");
      shop.await("configmaps", "shop", "last", copy -> true);
      assertThat(syncer.state().objects()).containsKey(Explanation.Verdict.FAILED);
    }
  }

  @Test
  void serversThatDoNotAnswerAreNoReason() throws Exception {
    target("");
    deployment("web");
    try (UpstreamSyncer syncer =
        syncer(PhysicalCluster.of(edge.readOnlyClient()), Plugins.none(), Duration.ofMillis(100))) {
      syncer.start();
      syncer.awaitInSync(LIMIT);
      Faults.Fault below = edge.faults().on(Verb.GET, "*").hang();
      Faults.Fault above = shop.faults().on(Verb.APPLY, "*").hang();
      edge.as("kubectl").set("deployments.apps", "shop", "web", "spec.replicas", 3);
      for (int minute = 0; minute < 30; minute++) {
        int before = below.hits() + above.hits();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        await().atMost(LIMIT).until(() -> below.hits() + above.hits() > before);
        assertThat(runtime.stuck()).isEmpty();
      }
      below.lift();
      above.lift();
    }
  }

  @Test
  void credentialsThatNeverComeAreOne() throws Exception {
    target("");
    deployment("web");
    PhysicalCluster physical =
        PhysicalCluster.of(edge.readOnlyClient()).renewedBy(() -> hang(new ApiClient()));
    try (UpstreamSyncer syncer = syncer(physical, Plugins.none(), LIMIT)) {
      syncer.start();
      syncer.awaitInSync(LIMIT);
      assertThat(runtime.stuck()).isEmpty();
      edge.faults().on(Verb.GET, "*").respond(401);
      shop.as("admin")
          .set("synctargets.workload.kcp.io", "", "edge-1", "spec.upstreamSync.paused", false);
      await().atMost(LIMIT).until(() -> held.get() > 0);

      nanos.addAndGet(HOUR);

      assertThat(runtime.stuck())
          .hasValueSatisfying(why -> assertThat(why).contains("upstream-sync-worker"));
      never.countDown();
    }
  }
}
