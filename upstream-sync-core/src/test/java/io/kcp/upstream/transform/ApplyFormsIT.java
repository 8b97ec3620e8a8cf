package io.kcp.upstream.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.RealApiServer;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What we say that an apply will own is what a real server notes, and both digests are equal. */
@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "needs a real API server: KUBEBUILDER_ASSETS names none")
class ApplyFormsIT {
  private static final EndpointLimits LIMITS =
      new EndpointLimits(1000, 1000, 16, 500, Duration.ofSeconds(30));

  @Test
  void ourFormsAreTheServers() throws Exception {
    List<ObjectTree> manifests = manifests();

    try (TestCluster physical = RealApiServer.start();
        TestCluster workspace = RealApiServer.start()) {
      FormCheck check = new FormCheck(endpoint(physical), endpoint(workspace));
      List<String> differences = check.differences(manifests);

      assertThat(manifests).hasSizeGreaterThan(30);
      assertThat(differences).isEmpty();
      // What the server adds of its own to these, or leaves out as empty, is put right at once.
      assertThat(check.postedUnlikeApplied())
          .extracting(text -> text.substring(0, text.indexOf(": fields")))
          .containsExactly(
              "upstream:namespaces/forms",
              "upstream:daemonsets.apps/forms/agent",
              "upstream:cronjobs.batch/forms/nightly",
              "upstream:networkpolicies.networking.k8s.io/forms/allow",
              "upstream:gadgets.forms.example.com/forms/empty");
    }
  }

  private static List<ObjectTree> manifests() throws IOException {
    try (InputStream in = ApplyFormsIT.class.getResourceAsStream("forms.yaml")) {
      return Objects.all(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static ClusterEndpoint endpoint(TestCluster cluster) {
    return new ClusterEndpoint("server", cluster.client(), "", LIMITS, cluster::client);
  }
}
