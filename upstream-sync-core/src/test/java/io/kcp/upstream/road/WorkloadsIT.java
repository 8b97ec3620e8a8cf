package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Journal;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods that are not pulled up show on the workload that is. */
@ApiServerTest
class WorkloadsIT {
  private static final String NS = "shop";
  private static final String HEALTH = "upstream.workload.kcp.io/health";
  private static final String ROLLUP = "upstream.workload.kcp.io/rollup";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private TestCluster edge;
  private TestCluster shop;
  private UpstreamSyncer syncer;
  private WorkloadPods pods;

  @BeforeEach
  void clusters(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    edge.as("kubectl").apply(Manifests.shop(NS));
    shop.as("admin").apply(Manifests.syncTarget("edge-1", NS));
    pods = new WorkloadPods(edge, NS, "web");
  }

  @AfterEach
  void stop() {
    if (syncer != null) {
      syncer.close();
    }
  }

  private void start() throws Exception {
    syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "edge-1")
            .plugins(Plugins.none())
            .withoutLease()
            .build();
    syncer.start();
    syncer.awaitInSync(LIMIT);
  }

  private ObjectTree web(String rollup) {
    return shop.await("deployments.apps", NS, "web", web -> rollup(web).contains(rollup));
  }

  private static String rollup(ObjectTree object) {
    return Optional.ofNullable(object.annotations().get(ROLLUP)).orElse("");
  }

  @Test
  void theDeploymentShowsItsPods() throws Exception {
    pods.replicaSet("web-1", 1);
    pods.pod("web-1", "web-1-a");
    pods.runs("web-1-a");
    pods.pod("web-1", "web-1-b");
    pods.waits("web-1-b", "ImagePullBackOff");
    start();

    ObjectTree web = web("\"pods\":2");
    assertThat(rollup(web)).contains("\"ready\":1", "ImagePullBackOff", "web-1-b");
    assertThat(shop.find("pods", NS, "web-1-a")).isEmpty();

    edge.as("kubectl").delete("pods", NS, "web-1-b");
    web("\"pods\":1,\"ready\":1");
  }

  @Test
  void healthIsAnAnnotationAndAConditionOfOurOwn() throws Exception {
    pods.replicaSet("web-1", 1);
    pods.pod("web-1", "web-1-a");
    pods.waits("web-1-a", "ImagePullBackOff");
    pods.rollout(1, 0);
    start();

    ObjectTree ill =
        shop.await("deployments.apps", NS, "web", web -> health(web).contains("Degraded"));
    assertThat(health(ill)).contains("\"reason\":\"ImagePullBackOff\"");
    assertThat(condition(ill, "status")).isEqualTo("False");
    assertThat(condition(ill, "reason")).isEqualTo("ImagePullBackOff");
    assertThat(condition(ill, "message")).startsWith("Degraded: ");

    pods.runs("web-1-a");
    pods.rollout(1, 1);
    ObjectTree well =
        shop.await("deployments.apps", NS, "web", web -> condition(web, "status").equals("True"));
    assertThat(health(well)).contains("\"health\":\"Healthy\"");
    assertThat(well.items("status.conditions"))
        .as("the controller's own condition stays")
        .anySatisfy(each -> assertThat(each.string("type")).contains("Available"));
    assertThat(shop.find("configmaps", NS, "web-config").orElseThrow().annotations())
        .as("nothing is said of what has no health")
        .doesNotContainKey(HEALTH);
  }

  private static String health(ObjectTree object) {
    return Optional.ofNullable(object.annotations().get(HEALTH)).orElse("");
  }

  private static String condition(ObjectTree object, String field) {
    return object
        .string("status.conditions[type=\"upstream.workload.kcp.io/Healthy\"]." + field)
        .orElse("");
  }

  @Test
  void aRestartWritesNothingOfIt() throws Exception {
    pods.replicaSet("web-1", 1);
    pods.pod("web-1", "web-1-a");
    pods.runs("web-1-a");
    start();
    web("\"pods\":1");
    syncer.close();
    long mark = shop.journal().mark();

    start();
    edge.as("kubectl").apply(Manifests.configMap(NS, "marker", "a: b"));
    shop.await("configmaps", NS, "marker", map -> true);

    Journal since = shop.journal().since(mark);
    assertThat(since.of(Verb.APPLY, "deployments.apps").requests()).isEmpty();
    assertThat(since.of(Verb.PATCH, "deployments.apps").requests()).isEmpty();
  }

  @Test
  void aThousandPodsThatChangeAtOnceAreAHandfulOfWrites() throws Exception {
    pods.replicaSet("web-1", 1);
    for (int i = 0; i < 1000; i++) {
      pods.pod("web-1", "web-1-" + i);
    }
    start();
    web("\"pods\":1000,\"ready\":0");
    long mark = shop.journal().mark();

    for (int i = 0; i < 1000; i++) {
      pods.runs("web-1-" + i);
    }

    ObjectTree web = web("\"ready\":1000");
    assertThat(rollup(web)).contains("\"phases\":{\"Running\":1000}");
    assertThat(shop.journal().since(mark).of(Verb.APPLY, "deployments.apps").requests())
        .hasSizeLessThanOrEqualTo(15);
  }
}
