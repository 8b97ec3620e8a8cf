package io.kcp.upstream.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.Explanation;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.RealApiServer;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Deployment, ReplicaSet and Pods that controllers made, pulled up into a workspace whose garbage
 * collector looks at every owner.
 */
@EnabledIf(
    value = "io.kcp.upstream.testkit.RealApiServer#hasControllers",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with controllers and kwok")
class ChainIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> CHAIN = List.of("deployments.apps", "replicasets.apps", "pods");
  private static int tests;

  private static RealApiServer.Started edge;
  private static RealApiServer.Started shop;

  private final String ns = "chain-" + ++tests;
  private UpstreamSyncer syncer;

  @BeforeAll
  static void begin() {
    edge = RealApiServer.builder().controllers(true).start();
    shop = RealApiServer.builder().workspace(true).start();
  }

  @AfterAll
  static void end() {
    edge.close();
    shop.close();
  }

  @BeforeEach
  void target() {
    edge.as("kubectl")
        .apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(ns));
    shop.as("admin")
        .apply(
            """
            apiVersion: workload.kcp.io/v1alpha1
            kind: SyncTarget
            metadata: {name: %s}
            spec:
              upstreamSync:
                namespaces: {include: ["%s"]}
                resources:
                - {group: apps, resource: deployments}
                - {group: apps, resource: replicasets}
                - {resource: pods}
                - {resource: configmaps}
            """
                .formatted(ns, ns));
  }

  @AfterEach
  void stop() {
    syncer.close();
  }

  private void start() throws Exception {
    syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), ns)
            .plugins(Plugins.none())
            .build();
    syncer.start();
    syncer.awaitInSync(LIMIT);
  }

  private static void deployment(String ns, int replicas, String env) {
    edge.as("kubectl")
        .apply(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: %s}
            spec:
              replicas: %d
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: main, image: nginx, env: [%s]}]}
            """
                .formatted(ns, replicas, env));
  }

  private static void awaitReady(TestCluster on, String ns, long pods) {
    on.await(
        "deployments.apps",
        ns,
        "web",
        web -> web.integer("status.readyReplicas").equals(OptionalLong.of(pods)));
  }

  @Test
  void nothingIsCollectedAndOwnersAreTheCopies() throws Exception {
    deployment(ns, 3, "");
    awaitReady(edge, ns, 3);
    start();
    awaitReady(shop, ns, 3);

    theCollectorHasLooked();

    assertThat(uids(shop, "pods")).hasSize(3).hasSameSizeAs(uids(edge, "pods"));
    for (String resource : CHAIN) {
      assertThat(names(shop, resource)).as(resource).isEqualTo(names(edge, resource));
    }
    assertThat(owners("replicasets.apps")).isSubsetOf(uids(shop, "deployments.apps")).isNotEmpty();
    assertThat(owners("pods")).isSubsetOf(uids(shop, "replicasets.apps")).isNotEmpty();

    edge.as("kubectl").set("deployments.apps", ns, "web", "spec.replicas", 1);
    awaitReady(shop, ns, 1);
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () ->
                names(shop, "pods").equals(names(edge, "pods")) && uids(shop, "pods").size() == 1);
    edge.as("kubectl").delete("deployments.apps", ns, "web");
    for (String resource : CHAIN) {
      Awaitility.await().atMost(LIMIT).until(() -> uids(shop, resource).isEmpty());
    }
  }

  /** It takes away what names an owner that is not there: so it has looked at what came before. */
  private void theCollectorHasLooked() {
    shop.as("tenant")
        .apply(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: orphan
              namespace: %s
              ownerReferences:
              - {apiVersion: apps/v1, kind: ReplicaSet, name: nobody, uid: 11111111-2222-3333-4444-555555555555}
            """
                .formatted(ns));
    shop.awaitGone("configmaps", ns, "orphan");
  }

  @Test
  void whatCanNotBeAppliedIsReportedOnceAndNotTriedForEver() throws Exception {
    deployment(ns, 1, "");
    awaitReady(edge, ns, 1);
    start();
    // Only a client that does not apply gets this past a server; no apply can send it on.
    edge.as("editor")
        .set(
            "deployments.apps",
            ns,
            "web",
            "spec.template.spec.containers",
            List.of(
                Map.of(
                    "name",
                    "main",
                    "image",
                    "nginx",
                    "env",
                    List.of(
                        Map.of("name", "A", "value", "1"), Map.of("name", "A", "value", "2")))));
    ObjectKey web = ObjectKey.physical("deployments.apps", ns, "web");
    Explanation told =
        Awaitility.await()
            .atMost(LIMIT)
            .until(() -> syncer.explain(web), now -> now.verdict() == Explanation.Verdict.FAILED);
    assertThat(told.reason()).isEqualTo("NotApplicable");
    assertThat(told.message()).contains("env");
    syncer.awaitInSync(LIMIT);
    long mark = shop.journal().mark();

    edge.as("kubectl")
        .apply(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: later, namespace: %s}}"
                .formatted(ns));
    shop.await("configmaps", ns, "later", map -> true);
    theCollectorHasLooked();

    assertThat(shop.journal().since(mark).of(Verb.APPLY, "deployments.apps").requests())
        .hasSizeLessThan(3);
    ObjectTree target =
        shop.await(
            World.TARGETS,
            "",
            ns,
            now -> now.integer("status.upstreamSync.objects.failed").orElse(0) >= 1);
    assertThat(target.string("status.conditions[type=\"ResourcesSynced\"].status"))
        .contains("False");
  }

  private List<String> uids(TestCluster on, String resource) throws InterruptedException {
    return values(on, resource, "metadata.uid");
  }

  private List<String> names(TestCluster on, String resource) throws InterruptedException {
    return values(on, resource, "metadata.name");
  }

  private List<String> values(TestCluster on, String resource, String path)
      throws InterruptedException {
    return World.list(on, path(resource)).items("items").stream()
        .map(object -> object.string(path).orElseThrow())
        .sorted()
        .toList();
  }

  private String path(String resource) {
    boolean apps = resource.endsWith(".apps");
    String plural = apps ? resource.substring(0, resource.indexOf('.')) : resource;
    return "%s/namespaces/%s/%s".formatted(apps ? "/apis/apps/v1" : "/api/v1", ns, plural);
  }

  private List<String> owners(String resource) throws InterruptedException {
    return World.list(shop, path(resource)).items("items").stream()
        .flatMap(object -> object.items("metadata.ownerReferences").stream())
        .map(owner -> owner.string("uid").orElseThrow())
        .collect(Collectors.toList());
  }
}
