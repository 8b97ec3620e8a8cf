package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import io.kcp.upstream.transform.Desired;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of an object whose next write waits for the end of its coalescing time. */
@ApiServerTest
class PutOffWritesIT {
  private static final String DEPLOYMENTS = "deployments.apps";
  private static final String WEB = "deployments.apps/shop/web";
  private static final Duration REST = Duration.ofMinutes(1);

  private static final Additions LATER =
      new Additions() {
        @Override
        public Desired added(Desired desired, ObjectTree o, Supplier<Optional<ObjectTree>> copy) {
          return desired;
        }

        @Override
        public Optional<Duration> early(WorkKey key, Desired desired, boolean isThere) {
          return Optional.of(REST);
        }
      };

  private TestCluster physical;
  private TestCluster workspace;
  private Rig rig;

  @BeforeEach
  void start(@Cluster("physical") TestCluster physical, @Cluster("workspace") TestCluster workspace)
      throws InterruptedException {
    this.physical = physical;
    this.workspace = workspace;
    rig =
        new Rig(
            physical,
            workspace,
            Map.of("resources", List.of(Map.of("group", "apps", "resource", "deployments"))));
    physical.as("kubectl").apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    physical
        .as("kubectl")
        .apply(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: web}]}
            """);
    status(1);
    rig.sync(WEB);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void status(int replicas) {
    physical.as("controller").set(DEPLOYMENTS, "shop", "web", "status.replicas", replicas);
  }

  private void assertStays(Finding finding) throws InterruptedException {
    rig.additions = LATER;
    status(3);

    Outcome outcome = rig.once(WEB);

    assertThat(outcome).isEqualTo(Outcome.retryAfter(finding, REST));
    assertThat(rig.memory.ledger().counts()).isEqualTo(Map.of(finding.verdict(), 1L));
  }

  @Test
  void whatFailedFailsUntilItIsKnownBetter() throws InterruptedException {
    workspace.faults().on(Verb.APPLY, DEPLOYMENTS + "/status").times(1).respond(422);
    status(2);
    Finding finding = rig.sync(WEB);
    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);

    assertStays(finding);
    rig.additions = Additions.NONE;

    assertThat(rig.sync(WEB)).isEqualTo(Finding.SYNCED);
  }

  @Test
  void whatIsInConflictIsSoUntilItIsKnownBetter() throws InterruptedException {
    workspace.as("stranger").set(DEPLOYMENTS, "shop", "web", "status.replicas", 9);
    status(2);
    Finding finding = rig.sync(WEB);
    assertThat(finding.verdict()).isEqualTo(Verdict.CONFLICTING);

    assertStays(finding);
  }

  @Test
  void whatWasInSyncIsPending() throws InterruptedException {
    assertStays(Finding.pending("Coalesced", "what is said on it is written once in a while"));
  }
}
