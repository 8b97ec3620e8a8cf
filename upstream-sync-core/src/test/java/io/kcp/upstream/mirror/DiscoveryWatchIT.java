package io.kcp.upstream.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.CrdText;
import io.kcp.upstream.discovery.DiscoveryClient;
import io.kcp.upstream.discovery.Served;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.testkit.RealApiServer;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.wire.Backoff;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd")
class DiscoveryWatchIT {
  private static final GroupResource WIDGETS = GroupResource.parse("widgets.example.com");
  private static final String CRD =
      CrdText.of("widgets.example.com", "Widget").schema("{type: object}").yaml();

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Set<Thread> watchers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicReference<Served> seen = new AtomicReference<>();
  private TestCluster cluster;
  private ClusterEndpoint endpoint;
  private DiscoveryClient discovery;

  @BeforeEach
  void start() {
    cluster = RealApiServer.start();
    EndpointLimits limits = new EndpointLimits(1000, 1000, 16, 500, Duration.ofSeconds(10));
    endpoint = new ClusterEndpoint("test cluster", cluster.client(), "", limits, cluster::client);
    discovery = new DiscoveryClient(endpoint);
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
    cluster.close();
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "watcher");
    watchers.add(thread);
    return thread;
  }

  private DiscoveryWatch watch() throws InterruptedException {
    MirrorSettings settings =
        MirrorSettings.of(
            this::thread,
            Clock.systemUTC(),
            new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), 0.2));
    return new DiscoveryWatch(endpoint, discovery.refresh(), settings, timer, this::look);
  }

  private void look() {
    try {
      seen.set(discovery.refresh());
      looks.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aNewCrdIsNoticedAndSoIsItsRemoval() throws InterruptedException {
    try (DiscoveryWatch watch = watch()) {
      watch.start();
      await().until(() -> looks.get() > 0); // what the first list holds
      assertThat(seen.get().preferred(WIDGETS)).isEmpty();

      cluster.as("kubectl").apply(CRD);
      await().until(() -> seen.get().preferred(WIDGETS).isPresent());

      cluster
          .as("kubectl")
          .delete("customresourcedefinitions.apiextensions.k8s.io", "", "widgets.example.com");
      await().until(() -> seen.get().preferred(WIDGETS).isEmpty());
    }
    assertThat(watchers).hasSize(2).noneMatch(Thread::isAlive);
  }
}
