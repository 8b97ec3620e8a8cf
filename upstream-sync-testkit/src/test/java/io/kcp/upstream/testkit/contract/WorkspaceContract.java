package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What a server does that serves workspaces as kcp does. */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WorkspaceContract {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String CLUSTER = "/metadata/annotations/kcp.io~1cluster";
  private static final String V2 =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private InMemoryApiServer kcp;
  private Caller server;
  private int tests;

  /** The test's own workspaces. */
  private String a;

  private String b;

  @BeforeAll
  final void start() {
    kcp = InMemoryApiServer.builder().kcp(true).workloads(false).start();
    server = new Caller(new PlainDoor(kcp.uri()));
  }

  @AfterAll
  final void stop() {
    kcp.close();
  }

  @BeforeEach
  final void makeWorkspaces() {
    tests++;
    a = "root:t%d:a".formatted(tests);
    b = "root:t%d:b".formatted(tests);
    kcp.createWorkspace(a);
    kcp.createWorkspace(b);
  }

  private static String in(String workspace, String path) {
    return "/clusters/" + workspace + path;
  }

  private static String map(String name) {
    return "{metadata: {name: %s, labels: {of: contract}}}".formatted(name);
  }

  @Test
  @DisplayName("item 74: below its prefix a workspace is a server of its own")
  void keepsWorkspacesApart() {
    Answer made = server.post(in(a, MAPS), map("x")).is(201);

    server.get(in(b, MAPS) + "/x").refused(404, "NotFound", "configmaps \"x\" not found");
    server.post(in(a, "/api/v1/namespaces"), "{metadata: {name: mine}}").is(201);
    server.get(in(b, "/api/v1/namespaces/mine")).is(404);
    Answer byName = server.get(in(made.at(CLUSTER), MAPS) + "/x").is(200);
    assertThat(byName.text()).isEqualTo(made.text());
    assertThat(server.get(MAPS).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("item 75: every object says of which cluster it is; that is not stored")
  void marksObjectsWithTheirCluster() {
    Answer made = server.post(in(a, MAPS), map("x")).is(201);
    String cluster = made.at(CLUSTER);

    assertThat(cluster).matches("[0-9a-z]{16}");
    assertThat(server.get(in(a, MAPS)).each("/items", CLUSTER)).contains(cluster);
    Answer copy =
        server.post(
            in(b, MAPS),
            "{metadata: {name: x, annotations: {kcp.io/cluster: %s}}}".formatted(cluster));
    assertThat(copy.is(201).at(CLUSTER)).isNotEqualTo(cluster).hasSize(16);
    assertThat(copy.text()).doesNotContain("f:kcp.io/cluster");
  }

  @Test
  @DisplayName("item 75: all workspaces are listed and watched together, and no more")
  void showsAllWorkspacesTogether() {
    String all = in("*", "/api/v1/configmaps?labelSelector=of%3Dcontract");
    int before = server.get(all).names().size();
    server.post(in(a, MAPS), map("x")).is(201);
    server.post(in(b, MAPS), map("x")).is(201);

    Answer list = server.get(all).is(200);
    assertThat(list.names()).hasSize(before + 2);
    assertThat(list.each("/items", CLUSTER)).doesNotHaveDuplicates().hasSize(before + 2);
    try (Watch watch = server.watch(all + "&watch=1&resourceVersion=" + list.version())) {
      server.delete(in(b, MAPS) + "/x").is(200);
      var event = watch.next();
      assertThat(Watch.text(event)).isEqualTo("DELETED x");
      assertThat(event.at("/object" + CLUSTER).asText()).hasSize(16);
    }
    for (Answer refused :
        List.of(
            server.post(in("*", MAPS), map("y")),
            server.get(in("*", MAPS) + "/x"),
            server.delete(in("*", MAPS) + "/x"),
            server.merge(in("*", MAPS) + "/x", "{}"))) {
      refused.refused(405, "MethodNotAllowed");
      assertThat(refused.at("/message")).endsWith(" in the `*` logical cluster");
    }
  }

  @Test
  @DisplayName("item 76: one counter of versions for all workspaces")
  void countsVersionsAcrossWorkspaces() {
    long first = Long.parseLong(server.post(in(a, MAPS), map("x")).version());
    long second = Long.parseLong(server.post(in(b, MAPS), map("x")).version());
    Answer all = server.get(in("*", "/api/v1/configmaps"));

    assertThat(first).isLessThan(second);
    assertThat(Long.parseLong(all.version())).isGreaterThanOrEqualTo(second);
  }

  @Test
  @DisplayName("item 77: exports are not modelled, which is said")
  void doesNotModelExports() {
    server
        .get("/services/apiexport/root:a/x/clusters/*/api/v1/configmaps")
        .refused(501, "NotImplemented");
  }

  @Test
  @DisplayName("item 78: a workspace that is not there")
  void knowsNoOtherWorkspaces() {
    Answer answer = server.get(in("root:nosuch", MAPS));

    answer.refused(404, "NotFound", "workspaces.tenancy.kcp.io \"root:nosuch\" not found");
    answer.holds("/details", "{name: 'root:nosuch', group: tenancy.kcp.io, kind: workspaces}");
    server.post(in("root:nosuch", MAPS), map("x")).is(404);
    server.get(in("root:nosuch", "/apis")).is(404);
  }

  @Test
  @DisplayName("item 78: a workspace that is inactive, or moves")
  void refusesWhileAWorkspaceIsInactiveOrMoves() {
    var inactive = kcp.workspace(a).faults().on(Verb.GET, "configmaps").respond(403);
    server.get(in(a, MAPS) + "/x").refused(403, "Forbidden");
    server.get(in(b, MAPS) + "/x").refused(404, "NotFound");
    inactive.lift();
    for (int code : new int[] {429, 503, 410}) {
      var moving =
          kcp.workspace(a).faults().on(Verb.GET, "configmaps").respond(code, Duration.ofSeconds(2));

      Answer answer = server.get(in(a, MAPS) + "/x").is(code);
      assertThat(answer.header("retry-after")).isEqualTo("2");
      assertThat(answer.at("/details/retryAfterSeconds")).isEqualTo("2");
      moving.lift();
    }
    server.get(in(a, MAPS) + "/x").refused(404, "NotFound");
  }

  @Test
  @DisplayName("item 78: a deleted workspace is emptied, then gone; made again it is another")
  void emptiesADeletedWorkspace() {
    String before = server.post(in(a, MAPS), map("x")).at(CLUSTER);
    kcp.deleteWorkspace(a);

    await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> server.get(in(a, MAPS) + "/x").status() == 404);
    assertThat(server.get(in(a, MAPS)).is(200).names()).isEmpty();
    await().until(() -> server.get(in(a, MAPS)).status() == 404);
    server.get(in(a, MAPS)).refused(404, "NotFound");
    kcp.createWorkspace(a);
    Answer again = server.post(in(a, MAPS), map("x")).is(201);
    assertThat(again.at(CLUSTER)).isNotEqualTo(before);
  }

  @Test
  @DisplayName("items 3, 79: discovery in one document is not served")
  void servesOldDiscoveryAlone() {
    Answer groups = server.get(in(a, "/apis"), "Accept", V2 + ",application/json").is(200);

    assertThat(groups.at("/kind")).isEqualTo("APIGroupList");
    assertThat(groups.header("content-type")).isEqualTo("application/json");
    assertThat(groups.each("/groups", "/name"))
        .contains(
            "rbac.authorization.k8s.io",
            "coordination.k8s.io",
            "events.k8s.io",
            "apiextensions.k8s.io",
            "admissionregistration.k8s.io")
        .doesNotContain("apps", "batch");
    List<String> core = server.get(in(a, "/api/v1")).each("/resources", "/name");
    assertThat(core)
        .contains(
            "configmaps", "events", "namespaces", "resourcequotas", "secrets", "serviceaccounts")
        .doesNotContain("pods", "services", "nodes");
    server.get(in(a, "/apis/apps/v1/deployments")).isNoPage();
  }

  @Test
  @DisplayName("item 79: definitions for the core group and for groups without a dot")
  void servesDefinitionsOfCoreKinds() {
    String crd =
        """
        {metadata: {name: %s}, spec: {group: '%s', scope: Namespaced, names: {plural: %s, kind: %s},
          versions: [{name: v1, served: true, storage: true, subresources: {status: {}},
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]}}
        """;
    server.post(in(a, Fixture.CRDS), crd.formatted("pods.core", "", "pods", "Pod")).is(201);
    server
        .post(
            in(a, Fixture.CRDS),
            crd.formatted("deployments.apps", "apps", "deployments", "Deployment"))
        .is(201);

    await().until(() -> server.get(in(a, "/api/v1/pods")).status() == 200);
    await().until(() -> server.get(in(a, "/apis/apps/v1/deployments")).status() == 200);
    assertThat(server.get(in(a, "/api/v1")).each("/resources", "/name"))
        .contains("pods", "pods/status");
    server
        .apply(
            in(a, "/api/v1/namespaces/default/pods/p"),
            "m",
            "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: []}}")
        .is(201);
    server
        .get(in(b, "/api/v1/pods"))
        .refused(404, "NotFound", "the server could not find the requested resource");
  }

  @Test
  @DisplayName("items 28, 79: owners are looked for in the same workspace")
  void collectsGarbageWithinAWorkspace() {
    Answer owner = server.post(in(a, MAPS), map("owner")).is(201);
    String owned =
        "{metadata: {name: %s, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: %s}]}}";
    server.post(in(a, MAPS), owned.formatted("kept", owner.at("/metadata/uid"))).is(201);
    server.post(in(b, MAPS), owned.formatted("lost", owner.at("/metadata/uid"))).is(201);

    await().until(() -> server.get(in(b, MAPS) + "/lost").status() == 404);
    server.get(in(a, MAPS) + "/kept").is(200);
    server.delete(in(a, MAPS) + "/owner").is(200);
    await().until(() -> server.get(in(a, MAPS) + "/kept").status() == 404);
  }
}
