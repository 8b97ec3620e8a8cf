package io.kcp.upstream.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.CrdText;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Journal;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Many resource types between two real servers, some of which come and go. The share in the build
 * has 20 types; {@code docs/scale.md} names the command for 200.
 */
@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class ManyTypesIT {
  private static final int TYPES = Integer.getInteger("scale.types", 20);
  private static final int OBJECTS = 10;
  private static final Duration LIMIT = Duration.ofMinutes(1).plusSeconds(2L * TYPES);
  private static final String GROUP = "scale.example.com";
  private static final String CRDS = "customresourcedefinitions.apiextensions.k8s.io";
  private static final SyncerConfig.Limits LIMITS = new SyncerConfig.Limits(1000, 1000, 16, 500);

  private TestCluster edge;
  private TestCluster shop;

  @Test
  void followsTypesThatComeAndGo(
      @Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) throws Exception {
    this.edge = edge;
    this.shop = shop;
    install(0, TYPES);
    shop.as("admin").apply(target());
    long edgeMark = edge.journal().mark();
    long shopMark = shop.journal().mark();

    try (UpstreamSyncer syncer = syncer()) {
      syncer.start();
      awaitObjects(syncer, (long) TYPES * OBJECTS);
      assertThreadsAreBounded();
      assertFewRequests(edge.journal().since(edgeMark));
      assertFewRequests(shop.journal().since(shopMark));

      int some = Math.max(1, TYPES / 4);
      long mark = shop.journal().mark();
      uninstall(some);
      awaitUnserved(syncer, some);
      assertThat(deletions(mark)).isEmpty();
      assertThat(shop.find(resource(0), "many", "t0")).isPresent();

      install(0, some);
      awaitRecreated(some);
      awaitObjects(syncer, (long) TYPES * OBJECTS);
      // Until its objects were made again a type that was back had none: then they are gone.
      assertThat(deletions(mark)).allMatch(gone -> number(gone) < some);
      assertThreadsAreBounded();
    }
  }

  private List<Journal.Request> deletions(long mark) {
    return shop.journal().since(mark).of(Verb.DELETE, "*").requests();
  }

  private static int number(Journal.Request request) {
    return Integer.parseInt(request.resource().resource().substring("things".length()));
  }

  private UpstreamSyncer syncer() {
    return UpstreamSyncer.builder(
            PhysicalCluster.of(edge.readOnlyClient()).with(LIMITS),
            Workspace.of(shop.client()).with(LIMITS),
            "edge-1")
        .plugins(Plugins.none())
        .withoutLease()
        .build();
  }

  private static String target() {
    return """
        apiVersion: workload.kcp.io/v1alpha1
        kind: SyncTarget
        metadata: {name: edge-1}
        spec:
          upstreamSync:
            schemaImport: IfMissing
            resources: [{group: %s, resource: "*"}]
        """
        .formatted(GROUP);
  }

  private static String plural(int type) {
    return "things%d".formatted(type);
  }

  private static String resource(int type) {
    return plural(type) + "." + GROUP;
  }

  private void install(int from, int to) {
    for (int type = from; type < to; type++) {
      edge.as("kubectl").apply(crd(type));
    }
    edge.as("kubectl").apply("{apiVersion: v1, kind: Namespace, metadata: {name: many}}");
    for (int type = from; type < to; type++) {
      String objects = objects(type);
      Awaitility.await().atMost(LIMIT).untilAsserted(() -> edge.as("kubectl").apply(objects));
    }
  }

  private static String crd(int type) {
    return CrdText.of(resource(type), "Thing" + type)
        .schema(
            "{type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}")
        .yaml();
  }

  private static String objects(int type) {
    return IntStream.range(0, OBJECTS)
        .mapToObj(
            n ->
                "{apiVersion: %s/v1, kind: Thing%d, metadata: {name: t%d, namespace: many}, spec: {size: %d}}"
                    .formatted(GROUP, type, n, n))
        .collect(Collectors.joining("\n---\n"));
  }

  private void uninstall(int count) {
    for (int type = 0; type < count; type++) {
      edge.as("kubectl").delete(CRDS, "", resource(type));
    }
  }

  private static void awaitObjects(UpstreamSyncer syncer, long count) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              Map<String, Long> verdicts =
                  syncer.state().objects().entrySet().stream()
                      .collect(Collectors.toMap(each -> each.getKey().name(), Map.Entry::getValue));
              assertThat(verdicts).containsOnlyKeys("SYNCED").containsEntry("SYNCED", count);
              assertThat(syncer.state().inSync()).isTrue();
            });
  }

  private void awaitUnserved(UpstreamSyncer syncer, int count) {
    for (int type = 0; type < count; type++) {
      edge.awaitGone(CRDS, "", resource(type));
      GroupResource resource = GroupResource.parse(resource(type));
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> !"Synced".equals(syncer.state().resources().get(resource)));
    }
  }

  /** The copies are of the objects that were made anew, and still the same copies. */
  private void awaitRecreated(int count) {
    for (int type = 0; type < count; type++) {
      String uid =
          edge.find(resource(type), "many", "t0")
              .flatMap(object -> object.string("metadata.uid"))
              .orElseThrow();
      String of = "metadata.annotations[\"upstream.workload.kcp.io/physical-uid\"]";
      String resource = resource(type);
      Awaitility.await()
          .atMost(LIMIT)
          .until(
              () ->
                  shop.find(resource, "many", "t0")
                      .flatMap(copy -> copy.string(of))
                      .filter(uid::equals)
                      .isPresent());
    }
  }

  /** One for each watch, and no more than a few. */
  private static void assertThreadsAreBounded() {
    List<String> ours =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("upstream-sync"))
            .toList();
    assertThat(ours).hasSizeLessThanOrEqualTo(2 * TYPES + 30);
  }

  /**
   * A list, a watch and a create for each object, and no storm of looks at what is served. A new
   * SyncTarget costs one list of one object for each type that the workspace serves beside them. A
   * type whose schema is published after it is served may be listed and watched anew, once.
   */
  private static void assertFewRequests(Journal journal) {
    Map<Verb, Long> byVerb =
        journal.requests().stream()
            .collect(Collectors.groupingBy(Journal.Request::verb, Collectors.counting()));
    long looks =
        journal.requests().stream()
            .filter(request -> request.resource().toString().equals("paths"))
            .filter(request -> request.name().startsWith("/api"))
            .count();
    assertThat(byVerb.getOrDefault(Verb.LIST, 0L)).as("lists").isLessThanOrEqualTo(2L * TYPES + 80);
    assertThat(byVerb.getOrDefault(Verb.WATCH, 0L))
        .as("watches")
        .isLessThanOrEqualTo(2L * TYPES + 20);
    assertThat(looks).as("looks at what is served").isLessThanOrEqualTo(40);
    assertThat(byVerb.getOrDefault(Verb.GET, 0L)).as("reads").isLessThanOrEqualTo(3L * TYPES + 100);
    assertThat(byVerb.getOrDefault(Verb.CREATE, 0L))
        .as("one for each copy and CRD")
        .isLessThanOrEqualTo((OBJECTS + 1L) * TYPES + 50);
    System.out.println(byVerb + ", looks " + looks);
  }
}
