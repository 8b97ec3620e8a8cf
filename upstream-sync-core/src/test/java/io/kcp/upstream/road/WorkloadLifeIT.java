package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.RealApiServer;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.CoreV1Event;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Workloads that really roll out, fail and end, as they look in the workspace. Pods are not pulled
 * up.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(
    value = "io.kcp.upstream.testkit.RealApiServer#hasControllers",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with controllers and kwok")
class WorkloadLifeIT {
  private static final String NS = "shop";
  private static final String DEPLOYMENTS = "deployments.apps";
  private static final String TARGETS = "synctargets.workload.kcp.io";
  private static final String BEHAVIOUR =
      "spec.template.metadata.annotations[\"test.kcp.io/behaviour\"]";
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private static RealApiServer.Started edge;
  private static RealApiServer.Started shop;
  private static UpstreamSyncer syncer;

  @BeforeAll
  static void start() throws Exception {
    edge = RealApiServer.builder().controllers(true).start();
    shop = RealApiServer.builder().workspace(true).start();
    edge.as("kubectl").apply(Workloads.namespace(NS));
    edge.as("kubectl").apply(Workloads.cronJob(NS, "report"));
    shop.as("admin").apply(Workloads.syncTarget("edge-1", NS));
    Duration second = Duration.ofSeconds(1);
    syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "edge-1")
            .plugins(Plugins.none())
            .config(
                SyncerConfig.defaults()
                    .with(
                        new SyncerConfig.Reporting(
                            second.multipliedBy(20),
                            second,
                            second.multipliedBy(6),
                            second.multipliedBy(300))))
            .build();
    syncer.start();
    syncer.awaitInSync(LIMIT);
  }

  @AfterAll
  static void stop() {
    if (syncer != null) {
      syncer.close();
    }
    if (edge != null) {
      edge.close();
    }
    if (shop != null) {
      shop.close();
    }
  }

  /** Waits until the copy says so, and gives it. */
  private static ObjectTree copy(String resource, String name, Predicate<ObjectTree> says) {
    return awaited(resource, NS, name, says);
  }

  private static ObjectTree awaited(
      String resource, String ns, String name, Predicate<ObjectTree> says) {
    try {
      return await()
          .atMost(LIMIT)
          .until(() -> shop.find(resource, ns, name), found -> found.filter(says).isPresent())
          .orElseThrow();
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          shop.find(resource, ns, name)
              .map(found -> found.without("metadata.managedFields").asMap().toString())
              .orElse("there is no " + resource + " " + name),
          e);
    }
  }

  private static Predicate<ObjectTree> health(String word) {
    return copy -> annotation(copy, "health").contains("\"health\":\"" + word + "\"");
  }

  private static Predicate<ObjectTree> rollup(String... parts) {
    return copy -> {
      String text = annotation(copy, "rollup");
      return Arrays.stream(parts).allMatch(text::contains);
    };
  }

  private static String annotation(ObjectTree copy, String key) {
    return copy.annotations().getOrDefault("upstream.workload.kcp.io/" + key, "");
  }

  private static Predicate<ObjectTree> number(String path, long value) {
    return copy -> copy.integer(path).orElse(-1) == value;
  }

  private static String condition(ObjectTree object, String type, String field) {
    return object.string("status.conditions[type=\"%s\"].%s".formatted(type, field)).orElse("");
  }

  private static ObjectTree target(Predicate<ObjectTree> says) {
    return awaited(TARGETS, "", "edge-1", says);
  }

  private static List<String> events(String ns) throws ApiException {
    return new CoreV1Api(shop.client())
        .listNamespacedEvent(ns).execute().getItems().stream().map(CoreV1Event::getReason).toList();
  }

  private static void set(String path, Object value) {
    edge.as("kubectl").set(DEPLOYMENTS, NS, "web", path, value);
  }

  @Test
  @Order(1)
  void aDeploymentFromRollOutToDeletion() {
    edge.as("kubectl").apply(Workloads.deployment(NS, "web", 3));
    ObjectTree web =
        copy(
            DEPLOYMENTS,
            "web",
            health("Healthy")
                .and(rollup("\"pods\":3,\"ready\":3,\"new\":{\"pods\":3,\"ready\":3}"))
                .and(number("status.readyReplicas", 3)));
    assertThat(web.integer("status.observedGeneration"))
        .isEqualTo(web.integer("metadata.generation"));
    assertThat(condition(web, "upstream.workload.kcp.io/Healthy", "status")).isEqualTo("True");
    assertThat(annotation(web, "rollup"))
        .contains("\"nodes\":{\"count\":1,\"most\":{\"node-1\":3}}");

    set(BEHAVIOUR, "image-pull-error");
    ObjectTree broken =
        copy(
            DEPLOYMENTS,
            "web",
            health("Degraded")
                .and(rollup("\"new\":{\"pods\":1,\"ready\":0},\"old\":{\"pods\":3,\"ready\":3}")));
    assertThat(annotation(broken, "health")).contains("\"reason\":\"ImagePullBackOff\"");
    assertThat(annotation(broken, "rollup"))
        .contains("{\"reason\":\"ImagePullBackOff\",\"pods\":1,\"example\":\"web-");
    assertThat(condition(broken, "upstream.workload.kcp.io/Healthy", "status")).isEqualTo("False");
    assertThat(condition(broken, "Available", "status")).isEqualTo("True");
    ObjectTree target = target(now -> condition(now, "WorkloadsHealthy", "status").equals("False"));
    assertThat(condition(target, "WorkloadsHealthy", "message"))
        .contains("deployments.apps/shop/web", "ImagePullBackOff");
    assertThat(target.string("status.upstreamSync.worst[0].name")).contains("web");
    await("event").atMost(LIMIT).until(() -> events(NS).contains("HealthLost"));
    Kubectl.save(shop, "degraded");

    set(BEHAVIOUR, "never-ready");
    copy(DEPLOYMENTS, "web", rollup("ReadinessProbeFailing"));

    set(BEHAVIOUR, "");
    copy(DEPLOYMENTS, "web", health("Healthy").and(rollup("\"pods\":3,\"ready\":3")));
    target(now -> condition(now, "WorkloadsHealthy", "status").equals("True"));
    await("event").atMost(LIMIT).until(() -> events(NS).contains("HealthRegained"));

    set("spec.replicas", 5);
    copy(
        DEPLOYMENTS,
        "web",
        health("Healthy").and(rollup("\"pods\":5,\"ready\":5")).and(number("spec.replicas", 5)));

    set("spec.paused", true);
    copy(DEPLOYMENTS, "web", health("Suspended"));
    set("spec.paused", false);
    copy(DEPLOYMENTS, "web", health("Healthy"));

    Kubectl.save(shop, "regained");
    edge.as("kubectl").delete(DEPLOYMENTS, NS, "web");
    await("deletion").atMost(LIMIT).until(() -> shop.find(DEPLOYMENTS, NS, "web").isEmpty());
    target(
        now ->
            now.integer(
                        "status.upstreamSync.resources[group=\"apps\",resource=\"deployments\"].health.healthy")
                    .orElse(0)
                == 0);
  }

  @Test
  @Order(2)
  void setsAndJobs() {
    edge.as("kubectl").apply(Workloads.statefulSet(NS, "db", 2));
    edge.as("kubectl").apply(Workloads.daemonSet(NS, "agent"));
    edge.as("kubectl").apply(Workloads.job(NS, "import", "fail"));
    edge.as("kubectl").apply(Workloads.job(NS, "cleanup", ""));

    copy(
        "statefulsets.apps",
        "db",
        health("Healthy")
            .and(rollup("\"pods\":2,\"ready\":2"))
            .and(number("status.readyReplicas", 2)));
    copy(
        "daemonsets.apps",
        "agent",
        health("Healthy")
            .and(rollup("\"pods\":1,\"ready\":1"))
            .and(number("status.numberReady", 1)));
    copy(
        "jobs.batch",
        "import",
        health("Degraded")
            .and(rollup("\"phases\":{\"Failed\":1}", "\"reason\":\"Error\""))
            .and(number("status.failed", 1)));
    copy("jobs.batch", "cleanup", health("Healthy").and(rollup("\"phases\":{\"Succeeded\":1}")));
    ObjectTree target = target(now -> condition(now, "WorkloadsHealthy", "status").equals("False"));
    assertThat(condition(target, "WorkloadsHealthy", "message")).contains("jobs.batch/shop/import");
    copy("cronjobs.batch", "report", health("Healthy").and(rollup("\"phases\":{\"Succeeded\":")));
    edge.as("kubectl").set("cronjobs.batch", NS, "report", "spec.suspend", true);
    copy("cronjobs.batch", "report", health("Suspended"));
    edge.as("kubectl").delete("jobs.batch", NS, "import");
    target(now -> condition(now, "WorkloadsHealthy", "status").equals("True"));
  }

  @Test
  @Order(3)
  void aClusterThatDiesIsUnknownAndComesBack() {
    edge.as("kubectl").apply(Workloads.statefulSet(NS, "cache", 1));
    copy("statefulsets.apps", "cache", health("Healthy"));

    edge.kill();
    target(
        now ->
            condition(now, "Ready", "message").contains("the physical cluster does not answer")
                && condition(now, "ResourcesSynced", "message")
                    .contains("6 resources are Stale: "));
    ObjectTree target =
        target(now -> condition(now, "WorkloadsHealthy", "status").equals("Unknown"));
    assertThat(condition(target, "SyncerReady", "status")).isEqualTo("False");
    assertThat(condition(target, "WorkloadsHealthy", "message"))
        .contains(target.string("status.upstreamSync.lastContactTime").orElseThrow());
    copy("statefulsets.apps", "cache", health("Unknown"));
    Kubectl.save(shop, "silent");

    edge.revive();
    copy("statefulsets.apps", "cache", health("Healthy").and(rollup("\"pods\":1,\"ready\":1")));
    target(now -> condition(now, "WorkloadsHealthy", "status").equals("True"));
    target(now -> condition(now, "Ready", "status").equals("True"));
    Kubectl.save(shop, "healthy");
  }
}
