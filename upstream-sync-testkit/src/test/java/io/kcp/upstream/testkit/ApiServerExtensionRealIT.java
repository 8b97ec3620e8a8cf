package io.kcp.upstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;

import io.kubernetes.client.openapi.apis.CoreV1Api;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class ApiServerExtensionRealIT {
  /** What the class below saw. */
  private static final List<Object> SEEN = new ArrayList<>();

  private static EngineExecutionResults run(Class<?> testClass) {
    SEEN.clear();
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(testClass)).execute();
  }

  @ApiServerTest(backend = ApiServerTest.Backend.REAL)
  static class OnRealServers {
    @BeforeAll
    static void start(@Cluster("edge") TestCluster edge) {
      SEEN.add(edge);
    }

    @Test
    void one(@Cluster("edge") TestCluster edge) {
      edge.faults().on(Verb.LIST, "*").respond(500).optional();
      edge.as("test").apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: one}}");
      SEEN.add(edge);
    }

    @Nested
    class Inner {
      @Test
      void two(
          @Cluster("edge") TestCluster edge,
          @Cluster(value = "edge", workspace = "root:shop") TestCluster shop)
          throws Exception {
        new CoreV1Api(edge.client()).listNamespace().execute();
        assertThat(edge.find("configmaps", "default", "one")).isPresent();
        assertThat(shop.find("configmaps", "default", "one")).isEmpty();
        SEEN.add(edge);
      }
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "KUBEBUILDER_ASSETS", matches = ".+")
  void realServersAreSharedByAClassAndFaultsAreNot() {
    run(OnRealServers.class)
        .testEvents()
        .assertStatistics(tests -> tests.succeeded(2).failed(0).skipped(0));

    assertThat(SEEN).hasSize(3).allSatisfy(seen -> assertThat(seen).isSameAs(SEEN.get(0)));
    TestCluster closed = (TestCluster) SEEN.get(0);
    assertThatThrownBy(() -> closed.find("namespaces", "", "default"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  @DisabledIfEnvironmentVariable(named = "KUBEBUILDER_ASSETS", matches = ".+")
  void realServersAreSkippedWhereThereAreNone() {
    run(OnRealServers.class)
        .containerEvents()
        .skipped()
        .assertEventsMatchExactly(
            skippedWithReason(reason -> reason.startsWith("KUBEBUILDER_ASSETS is not set")));
  }
}
