package io.kcp.upstream.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.Explanation;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Journal;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A restart over a pair that has not changed, counted on both servers' journals. So many objects:
 * {@code -Dtrouble.objects=10000}; half of them are of kinds that the server writes otherwise than
 * they were sent.
 */
abstract class RestartContract {
  private static final int OBJECTS = Integer.getInteger("trouble.objects", 400);
  private static final int PAGE = Integer.getInteger("trouble.page", 100);

  /** What a cluster has of one kind by itself, at most. */
  private static final int OTHERS = 10;

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final List<String> RESOURCES =
      List.of("configmaps", "secrets", "services", "deployments.apps");
  private static final SyncerConfig.Limits LIMITS = new SyncerConfig.Limits(5000, 5000, 16, PAGE);

  @Test
  void writesNothingAndListsEachPageOnce(
      @Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) throws Exception {
    begin(edge, shop);
    try (UpstreamSyncer syncer = started(edge, shop)) {
      assertThat(syncer.state().objects())
          .isEqualTo(Map.of(Explanation.Verdict.SYNCED, (long) OBJECTS));
    }
    long below = edge.journal().mark();
    long above = shop.journal().mark();

    long begun = System.nanoTime();
    try (UpstreamSyncer syncer = started(edge, shop)) {
      assertThat(syncer.state().objects())
          .isEqualTo(Map.of(Explanation.Verdict.SYNCED, (long) OBJECTS));
    }
    System.out.printf(
        "restart over %d objects: %d ms, %s%n",
        OBJECTS, (System.nanoTime() - begun) / 1_000_000, counts(shop.journal().since(above)));

    assertThat(writes(shop.journal().since(above))).isEmpty();
    for (String resource : RESOURCES) {
      assertThat(edge.journal().since(below).of(Verb.LIST, resource).requests())
          .as("lists of physical %s", resource)
          .hasSizeLessThanOrEqualTo(pages(OBJECTS / 4 + OTHERS));
      assertThat(shop.journal().since(above).of(Verb.LIST, resource).requests())
          .as("lists of upstream %s", resource)
          .hasSizeLessThanOrEqualTo(pages(OBJECTS / 4));
    }
  }

  private static int pages(int objects) {
    return (objects + PAGE - 1) / PAGE;
  }

  private static Map<String, Long> counts(Journal journal) {
    Map<String, Long> counts = new TreeMap<>();
    journal
        .requests()
        .forEach(
            request ->
                counts.merge(
                    request.verb() + (request.dryRun() ? " (dry run)" : ""), 1L, Long::sum));
    return counts;
  }

  private static List<Journal.Request> writes(Journal journal) {
    return journal.writes().requests().stream()
        .filter(request -> !request.dryRun())
        .filter(request -> !request.resource().resource().equals("synctargets"))
        .filter(request -> !request.resource().resource().equals("leases"))
        .toList();
  }

  private static UpstreamSyncer started(TestCluster edge, TestCluster shop) throws Exception {
    UpstreamSyncer syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()).with(LIMITS),
                Workspace.of(shop.client()).with(LIMITS),
                "restarted")
            .plugins(Plugins.none())
            .build();
    syncer.start();
    syncer.awaitInSync(LIMIT);
    return syncer;
  }

  private static void begin(TestCluster edge, TestCluster shop) {
    edge.as("kubectl").apply("{apiVersion: v1, kind: Namespace, metadata: {name: restarted}}");
    IntStream.range(0, OBJECTS / 4).parallel().forEach(i -> edge.as("kubectl").apply(four(i)));
    shop.as("admin")
        .apply(
            """
            apiVersion: workload.kcp.io/v1alpha1
            kind: SyncTarget
            metadata: {name: restarted}
            spec:
              upstreamSync:
                namespaces: {include: [restarted]}
                resources:
                - {resource: configmaps}
                - {resource: secrets}
                - {resource: services}
                - {group: apps, resource: deployments}
            """);
  }

  /** Of each kind one; the server fills in ports, encodes strings and rounds quantities. */
  private static String four(int i) {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: m-%1$d, namespace: restarted}
        data: {n: "%1$d"}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: s-%1$d, namespace: restarted}
        stringData: {n: "%1$d"}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: v-%1$d, namespace: restarted}
        spec: {clusterIP: None, selector: {app: "%1$d"}, ports: [{port: 80}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: d-%1$d, namespace: restarted}
        spec:
          selector: {matchLabels: {app: "%1$d"}}
          template:
            metadata: {labels: {app: "%1$d"}}
            spec:
              containers:
              - name: main
                image: img
                resources: {limits: {cpu: 1000m, memory: 1024Mi}}
                ports: [{containerPort: 80}]
              volumes: [{name: scratch, emptyDir: {}}]
        """
        .formatted(i);
  }
}
