package io.kcp.upstream.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.RealApiServer;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Two processes that want one Lease of a real API server. */
@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver")
class LeaseHolderIT {
  private static final String LEASES = "leases.coordination.k8s.io";
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final LeaseTiming TIMING =
      new LeaseTiming(Duration.ofSeconds(2), Duration.ofMillis(1500), Duration.ofMillis(200));

  private static TestCluster cluster;

  private final ExecutorService workers = Executors.newFixedThreadPool(4);
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

  @BeforeAll
  static void startCluster() {
    cluster = RealApiServer.start();
  }

  @AfterAll
  static void closeCluster() {
    cluster.close();
  }

  @AfterEach
  void endThreads() {
    workers.shutdownNow();
    timer.shutdownNow();
  }

  @Test
  void passesFromOneToTheOtherWhenItIsReleased() throws InterruptedException {
    LeaseHolder first = holder("released", "a");
    assertThat(first.await(LONG)).isTrue();
    try (LeaseHolder second = holder("released", "b")) {
      await().until(() -> second.holder().filter("a"::equals).isPresent());
      assertThat(second.held()).isFalse();

      first.close();

      assertThat(second.await(LONG)).isTrue();
      assertThat(first.held()).isFalse();
    }
  }

  @Test
  void isHeldByOneOnlyThoughWritesAreRefusedOrTheirAnswersLost() throws InterruptedException {
    try (LeaseHolder first = holder("faulty", "a");
        LeaseHolder second = holder("faulty", "b")) {
      await().until(() -> first.held() || second.held());
      Faults.Fault lost =
          cluster.faults().on(Verb.UPDATE, LEASES).nth(1).times(3).resetAfterWrite();

      await().until(() -> lost.hits() == 3);

      await().until(() -> first.held() ^ second.held());
    }
  }

  @Test
  void isMadeAnewWhenSomebodyDeletesIt() throws InterruptedException {
    try (LeaseHolder holder = holder("deleted", "a")) {
      assertThat(holder.await(LONG)).isTrue();

      cluster.as("tester").delete(LEASES, "default", "deleted");

      cluster.await(
          LEASES,
          "default",
          "deleted",
          lease -> lease.string("spec.holderIdentity").filter("a"::equals).isPresent());
      assertThat(holder.await(LONG)).isTrue();
    }
  }

  private LeaseHolder holder(String name, String identity) {
    ClusterEndpoint endpoint =
        new ClusterEndpoint(
            "workspace",
            cluster.client(),
            "",
            new EndpointLimits(100, 100, 4, 500, Duration.ofSeconds(1)),
            cluster::client);
    LeaseHolder holder =
        new LeaseHolder(
            new EndpointLock(endpoint, "default", name, identity),
            TIMING,
            new Deaf(),
            workers,
            timer);
    holder.start();
    return holder;
  }

  private static final class Deaf implements LeaseListener {
    @Override
    public void acquired() {}

    @Override
    public void lost(String why) {}

    @Override
    public void waiting(String why) {}
  }
}
