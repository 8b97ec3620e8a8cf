package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.CrdText;
import io.kcp.upstream.Explanation;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workloads pulled into a workspace that kcp has just made, and that knows none of them. */
class SchemaImportIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String CRDS = "customresourcedefinitions.apiextensions.k8s.io";
  private static final String TARGETS = "synctargets.workload.kcp.io";
  private static final String WIDGETS =
      CrdText.of("widgets.example.com", "Widget")
          .withStatus()
          .schema(
              """
              type: object
              properties:
                spec: {type: object, properties: {size: {type: integer}}}
                status: {type: object, properties: {ready: {type: boolean}}}
              """)
          .yaml();
  private static final String OBJECTS =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web-1, namespace: shop, labels: {app: web}}
      spec: {containers: [{name: web, image: "web:1", ports: [{containerPort: 80}, {containerPort: 80, protocol: UDP}]}]}
      ---
      apiVersion: example.com/v1
      kind: Widget
      metadata: {name: w, namespace: shop}
      spec: {size: 3}
      """;

  private InMemoryApiServer edge;
  private InMemoryApiServer kcp;
  private TestCluster team;

  @BeforeEach
  void start() {
    edge = InMemoryApiServer.builder().start();
    kcp = InMemoryApiServer.builder().workspace("root:team").workloads(false).start();
    team = kcp.workspace("root:team");
    edge.as("kubectl").apply(Manifests.shop("shop"));
    edge.as("kubectl").apply(WIDGETS);
    edge.as("kubectl").apply(OBJECTS);
    edge.as("kubelet")
        .set("pods", "shop", "web-1", "status", Map.of("phase", "Running", "podIP", "10.0.0.7"));
    edge.as("controller").set("widgets.example.com", "shop", "w", "status", Map.of("ready", true));
  }

  @AfterEach
  void stop() {
    kcp.close();
    edge.close();
  }

  private static String target(String schemaImport) {
    return """
        apiVersion: workload.kcp.io/v1alpha1
        kind: SyncTarget
        metadata: {name: edge-1}
        spec:
          upstreamSync:
            schemaImport: %s
            resources:
            - {group: apps, resource: deployments}
            - {group: "", resource: pods}
            - {group: "", resource: services}
            - {group: example.com, resource: widgets}
        """
        .formatted(schemaImport);
  }

  private UpstreamSyncer syncer() {
    return UpstreamSyncer.builder(
            PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(team.client()), "edge-1")
        .plugins(Plugins.none())
        .build();
  }

  @Test
  void oneSwitchPullsWorkloadsIntoAnEmptyWorkspace() throws Exception {
    assertThat(team.find(CRDS, "", "deployments.apps")).isEmpty();
    team.as("admin").apply(target("IfMissing"));
    team.faults().on(Verb.CREATE, CRDS).nth(2).respond(500); // and is tried again

    try (UpstreamSyncer syncer = syncer()) {
      syncer.start();
      team.await("widgets.example.com", "shop", "w", w -> w.isTrue("status.ready"));
      team.await("deployments.apps", "shop", "web", web -> true);
      team.await("services", "shop", "web", web -> true);
      ObjectTree pod =
          team.await("pods", "shop", "web-1", p -> p.string("status.phase").isPresent());
      syncer.awaitInSync(LIMIT);

      assertThat(pod.string("status.podIP")).contains("10.0.0.7");
      assertThat(pod.items("spec.containers").get(0).items("ports")).hasSize(2);
      for (String crd :
          List.of("deployments.apps", "pods.core", "services.core", "widgets.example.com")) {
        assertThat(team.find(CRDS, "", crd).orElseThrow().annotations())
            .containsEntry("upstream.workload.kcp.io/imported-by", "edge-1");
      }
      assertThat(syncer.state().objects()).containsOnlyKeys(Explanation.Verdict.SYNCED);
      long mark = team.journal().mark();
      edge.as("kubectl").set("deployments.apps", "shop", "web", "spec.replicas", 7);
      team.await("deployments.apps", "shop", "web", w -> w.integer("spec.replicas").orElse(0) == 7);
      assertThat(team.journal().since(mark).requests())
          .noneMatch(request -> request.resource().toString().equals(CRDS));
    }
  }

  @Test
  void withoutItTheTypesAreReportedAndAPlanMakesNothing() throws Exception {
    team.as("admin").apply(target("Never"));

    try (UpstreamSyncer syncer = syncer()) {
      syncer.plan();
      assertThat(syncer.explain(ObjectKey.physical("pods", "shop", "web-1")).reason())
          .isEqualTo("WorkspaceNotServed");
    }
    team.as("admin").set(TARGETS, "", "edge-1", "spec.upstreamSync.schemaImport", "IfMissing");
    try (UpstreamSyncer syncer = syncer()) {
      syncer.plan();
    }

    assertThat(team.find(CRDS, "", "pods.core")).isEmpty();
  }
}
