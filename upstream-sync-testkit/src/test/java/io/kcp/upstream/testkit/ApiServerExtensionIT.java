package io.kcp.upstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.suppressed;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class ApiServerExtensionIT {
  /** What the classes below saw; they are run one after the other. */
  private static final List<Object> SEEN = new ArrayList<>();

  private static EngineExecutionResults run(Class<?> testClass) {
    SEEN.clear();
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(testClass)).execute();
  }

  private static void assertAllPass(Class<?> testClass) {
    run(testClass).testEvents().assertStatistics(tests -> tests.failed(0).aborted(0).skipped(0));
  }

  private static void create(TestCluster cluster, String name) throws ApiException {
    new CoreV1Api(cluster.client())
        .createNamespacedConfigMap(
            "default", new V1ConfigMap().metadata(new V1ObjectMeta().name(name)))
        .execute();
  }

  @ApiServerTest
  static class SameServer {
    private final TestCluster given;
    private TestCluster before;

    SameServer(@Cluster("edge") TestCluster given) {
      this.given = given;
    }

    @BeforeEach
    void start(@Cluster("edge") TestCluster edge) {
      before = edge;
    }

    @Test
    void one(@Cluster("edge") TestCluster edge, @Cluster("other") InMemoryApiServer other) {
      check(edge, other);
    }

    @Test
    void two(@Cluster("edge") TestCluster edge, @Cluster("other") InMemoryApiServer other) {
      check(edge, other);
    }

    private void check(TestCluster edge, TestCluster other) {
      assertThat(edge).isSameAs(given).isSameAs(before).isNotSameAs(other);
      assertThat(edge.find("configmaps", "default", "left")).isEmpty();
      edge.as("test").apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: left}}");
      assertThat(other.find("configmaps", "default", "left")).isEmpty();
      SEEN.add(edge);
    }
  }

  @Test
  void theSameNameIsTheSameServerWithinATestAndANewOneInTheNext() {
    assertAllPass(SameServer.class);

    assertThat(SEEN).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void serversEndWithTheirTest() {
    assertAllPass(SameServer.class);

    TestCluster first = (TestCluster) SEEN.get(0);
    assertThatThrownBy(() -> first.find("configmaps", "default", "left"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no answer");
  }

  @ApiServerTest
  static class Workspaces {
    @Test
    void one(
        @Cluster("kcp") InMemoryApiServer kcp,
        @Cluster(value = "kcp", workspace = "root:shop") TestCluster shop,
        @Cluster(value = "kcp", workspace = "root:other") TestCluster other) {
      assertThat(shop.uri().getPath()).isEqualTo("/clusters/root:shop");
      assertThat(kcp.workspace("root:shop")).isSameAs(shop);
      shop.as("test").apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
      assertThat(other.find("configmaps", "default", "a")).isEmpty();
    }

    @Test
    void servesAsKcpWhereOnlyAnotherTestAsksForAWorkspace(@Cluster("kcp") InMemoryApiServer kcp) {
      kcp.createWorkspace("root:made");
      assertThat(kcp.workspace("root:made").find("pods", "default", "a")).isEmpty();
    }

    @Test
    void servesAsKcpWhereOnlyANestedTestAsksForAWorkspace(@Cluster("deep") InMemoryApiServer deep) {
      deep.createWorkspace("root:made");
    }

    @Nested
    class Inner {
      @Test
      void asks(
          @Cluster(value = "deep", workspace = "root:a") TestCluster a,
          @Cluster("kcp") InMemoryApiServer kcp) {
        assertThat(a.find("namespaces", "", "default")).isPresent();
        kcp.createWorkspace("root:made");
      }
    }
  }

  @Test
  void aWorkspaceIsMadeWhereItIsAskedFor() {
    assertAllPass(Workspaces.class);
    assertThat(run(Workspaces.class).testEvents().succeeded().count()).isEqualTo(4);
  }

  @ApiServerTest
  static class LeavesAWatchOpen {
    @Test
    void test(@Cluster("edge") TestCluster edge) throws Exception {
      URI watch = URI.create(edge.uri() + "/api/v1/namespaces?watch=true");
      InputStream events =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(watch).build(), BodyHandlers.ofInputStream())
              .body();
      SEEN.add(events);
    }
  }

  @Test
  void aWatchLeftOpenFailsTheTest() {
    assertFails(
        LeavesAWatchOpen.class,
        "On the server \"edge\"",
        "a watch is still open",
        "WATCH namespaces");
  }

  @ApiServerTest
  static class WritesWhereItMayNot {
    @Test
    void test(@Cluster("edge") TestCluster edge) {
      CoreV1Api api = new CoreV1Api(edge.readOnlyClient());
      assertThatThrownBy(() -> api.deleteNamespace("default").execute())
          .isInstanceOf(ApiException.class);
    }
  }

  @Test
  void aWriteByAReadOnlyClientFailsTheTest() {
    assertFails(WritesWhereItMayNot.class, "read-only client", "DELETE namespaces default");
  }

  @ApiServerTest
  static class MakesFaults {
    @Test
    void test(@Cluster("edge") TestCluster edge) {
      edge.faults().on(Verb.APPLY, "deployments.apps").nth(2).resetAfterWrite();
      edge.faults().on(Verb.LIST, "*").respond(500).optional();
    }
  }

  @Test
  void aFaultThatNeverFiredFailsTheTest() {
    assertFails(
        MakesFaults.class,
        "a fault never fired: APPLY deployments.apps from #2: reset after the write");
  }

  private static void assertFails(Class<?> testClass, String... parts) {
    run(testClass)
        .testEvents()
        .failed()
        .assertThatEvents()
        .hasSize(1)
        .haveExactly(
            1,
            finishedWithFailure(
                message(
                    text -> {
                      assertThat(text).contains(parts);
                      return true;
                    })));
  }

  @ApiServerTest
  static class FailsByItself {
    @Test
    void test(@Cluster("edge") TestCluster edge) throws Exception {
      edge.faults().random(4711, 1e-9).optional();
      create(edge, "made");
      throw new AssertionError("the test's own");
    }
  }

  @Test
  void aFailureShowsTheLastRequestsAndTheSeed() {
    run(FailsByItself.class)
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            finishedWithFailure(
                message("the test's own"),
                suppressed(
                    0,
                    message(
                        text ->
                            text.contains("CREATE configmaps default/")
                                && text.contains("201")
                                && text.contains("seed 4711")))));
  }

  @ApiServerTest
  static class WrongType {
    @Test
    void test(@Cluster("edge") String edge) {
      SEEN.add(edge);
    }
  }

  @Test
  void aParameterOfAnotherTypeIsRefused() {
    assertFails(WrongType.class, "TestCluster is needed", "java.lang.String");
  }

  @ApiServerTest
  static class SharedByAClass {
    @BeforeAll
    static void start(@Cluster("edge") TestCluster edge) {
      SEEN.add(edge);
    }

    @Test
    void test() {}
  }

  @Test
  void inMemoryServersAreNotSharedByAClass() {
    run(SharedByAClass.class)
        .containerEvents()
        .assertThatEvents()
        .haveExactly(
            1, finishedWithFailure(message(text -> text.contains("belong to one test method"))));
  }
}
