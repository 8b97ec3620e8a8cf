package io.kcp.upstream.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.RealApiServer;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import io.kcp.upstream.wire.RequestException;
import io.kubernetes.client.extended.leaderelection.LeaderElectionRecord;
import io.kubernetes.client.openapi.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A Lease of a real API server. */
@SuppressWarnings("JavaUtilDate")
@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver")
class EndpointLockIT {
  private static final String LEASES = "leases.coordination.k8s.io";

  private static TestCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster = RealApiServer.start();
  }

  @AfterAll
  static void closeCluster() {
    cluster.close();
  }

  @Test
  void anAbsentLeaseIsSaidToBeAbsentAndCreatedOnce() throws ApiException {
    EndpointLock lock = lock("created", "a");
    assertThatThrownBy(lock::get)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));

    assertThat(lock.create(record("a", 0))).isTrue();
    assertThat(lock("created", "b").create(record("b", 0))).isFalse();

    assertThat(lock.get()).isEqualTo(record("a", 0));
    assertThat(lock.describe()).isEqualTo("Lease default/created");
  }

  @Test
  void ofTwoWritersTheSecondIsRefused() throws ApiException {
    EndpointLock first = lock("raced", "a");
    first.create(record("a", 0));
    EndpointLock second = lock("raced", "b");
    second.get();

    assertThat(first.update(record("a", 2))).isTrue(); // an update that changes nothing counts not
    assertThat(second.update(record("b", 1))).isFalse();
    assertThat(first.update(record("a", 3))).isTrue();
  }

  @Test
  void aLeaseWithoutTransitionsIsRead() throws ApiException {
    cluster
        .as("tester")
        .apply(
            """
            {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
             "metadata": {"name": "bare", "namespace": "default", "labels": {"kept": "yes"}}}
            """);
    EndpointLock lock = lock("bare", "a");

    assertThat(lock.get().getHolderIdentity()).isEmpty();
    assertThat(lock.update(record("a", 1))).isTrue();

    ObjectTree lease = cluster.find(LEASES, "default", "bare").orElseThrow();
    assertThat(lease.string("spec.holderIdentity")).contains("a");
    assertThat(lease.labels()).containsEntry("kept", "yes");
  }

  @Test
  void aReleasedLeaseHasNoHolder() {
    EndpointLock lock = lock("released", "a");
    lock.create(record("a", 0));

    assertThat(lock.update(record("", 0))).isTrue();

    ObjectTree lease = cluster.find(LEASES, "default", "released").orElseThrow();
    assertThat(lease.string("spec.holderIdentity")).isEmpty();
  }

  @Test
  void aDeletedLeaseIsNotUpdated() {
    EndpointLock lock = lock("deleted", "a");
    lock.create(record("a", 0));
    cluster.as("tester").delete(LEASES, "default", "deleted");
    cluster.awaitGone(LEASES, "default", "deleted");

    assertThat(lock.update(record("a", 0))).isFalse();
    assertThat(lock("never-read", "a").update(record("a", 0))).isFalse();
  }

  @Test
  void aRefusalSaysWhatIsWrong() {
    Faults.Fault forbidden = cluster.faults().on(Verb.CREATE, LEASES).respond(403);
    assertThatThrownBy(() -> lock("forbidden", "a").create(record("a", 0)))
        .isInstanceOfSatisfying(RequestException.class, e -> assertThat(e.code()).isEqualTo(403));
    forbidden.lift();

    Faults.Fault router = cluster.faults().on(Verb.GET, LEASES).respondText(404, "not found");
    assertThatThrownBy(lock("not-served", "a")::get)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.getCode()).isNotEqualTo(404));
    router.lift();
  }

  private static LeaderElectionRecord record(String holder, int transitions) {
    Date when = Date.from(Instant.parse("2026-01-02T03:04:05.678Z"));
    return new LeaderElectionRecord(holder, 15, when, when, transitions);
  }

  private static EndpointLock lock(String name, String identity) {
    ClusterEndpoint endpoint =
        new ClusterEndpoint(
            "workspace",
            cluster.client(),
            "",
            new EndpointLimits(100, 100, 4, 500, Duration.ofSeconds(5)),
            cluster::client);
    return new EndpointLock(endpoint, "default", name, identity);
  }
}
