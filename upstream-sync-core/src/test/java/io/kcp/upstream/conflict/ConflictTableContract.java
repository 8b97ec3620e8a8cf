package io.kcp.upstream.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ConflictRecord.Outcome;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.transform.OwnedFields;
import io.kcp.upstream.transform.SyncKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every line of {@link ConflictTable}, under each strategy, once with edits that a paused syncer
 * finds when it goes on, and once with edits made while none runs; all side by side in one syncer,
 * the strategy by the object's name.
 */
abstract class ConflictTableContract {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TARGETS = "synctargets.workload.kcp.io";
  private static final String US = "upstream-sync/edge-1";
  private static final String TENANT = "tenant";
  private static final String SYNC_TARGET =
      """
      apiVersion: workload.kcp.io/v1alpha1
      kind: SyncTarget
      metadata: {name: edge-1}
      spec:
        upstreamSync:
          namespaces: {include: [table]}
          adoptionPolicy: Always
          deletion: {budget: {maxCount: 1000, maxPercent: 100}}
          resources:
          - {group: example.com, resource: widgets}
          - {resource: configmaps}
          - {group: apps, resource: deployments}
          conflict:
            strategy: three-way-merge
            rules:
            - {name: client, group: "*", resource: "*", names: ["c*"], fields: [metadata, spec, data], strategy: client-side-wins}
            - {name: server, group: "*", resource: "*", names: ["s*"], fields: [metadata, spec, data], strategy: server-side-wins}
      """;

  private final ConflictTable table = ConflictTable.read();
  private final Queue<ConflictRecord> records = new ConcurrentLinkedQueue<>();
  private final Map<String, ObjectKey> keys = new TreeMap<>();
  private @Nullable UpstreamSyncer syncer;
  private TestCluster edge;
  private TestCluster shop;
  private TableObjects physical;
  private TableObjects upstream;

  @BeforeEach
  void clusters(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
    physical = new TableObjects(edge, "kubectl");
    upstream = new TableObjects(shop, TENANT);
    for (TestCluster each : List.of(edge, shop)) {
      each.as("admin").apply(CopyKind.widgets());
      each.as("admin").apply("{apiVersion: v1, kind: Namespace, metadata: {name: table}}");
      each.await(
          "customresourcedefinitions.apiextensions.k8s.io",
          "",
          "widgets.example.com",
          crd ->
              crd.items("status.conditions").stream()
                  .anyMatch(
                      condition ->
                          condition.string("type").orElse("").equals("Established")
                              && condition.string("status").orElse("").equals("True")));
    }
    shop.as("admin").apply(SYNC_TARGET);
  }

  private void start() throws Exception {
    SyncerConfig.Limits limits = new SyncerConfig.Limits(5000, 5000, 16, 500);
    syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()).with(limits),
                Workspace.of(shop.client()).with(limits),
                "edge-1")
            .plugins(Plugins.none().with(records::add))
            .withoutLease()
            .build();
    syncer.start();
    syncer.awaitInSync(LIMIT);
  }

  private void pause(boolean paused) {
    shop.as("admin").set(TARGETS, "", "edge-1", "spec.upstreamSync.paused", paused);
    shop.await(
        TARGETS,
        "",
        "edge-1",
        target ->
            target
                    .integer("status.upstreamSync.observedGeneration")
                    .equals(target.integer("metadata.generation"))
                && target
                        .string("status.conditions[type=\"Ready\"].reason")
                        .filter("Paused"::equals)
                        .isPresent()
                    == paused);
  }

  @AfterEach
  void stop() {
    if (syncer != null) {
      syncer.close();
    }
  }

  @Test
  void everyCombinationComesOutAsTheTableSays() throws Exception {
    for (int round = 1; round <= 2; round++) {
      arrange(round);
    }
    start();
    pause(true);
    edit(1);
    pause(false);
    syncer.awaitInSync(LIMIT);
    assertRound(1);
    syncer.close();

    records.clear();
    edit(2);
    start();
    assertRound(2);
    syncer.close();

    records.clear();
    long mark = shop.journal().mark();
    start();
    assertThat(shop.journal().since(mark).writes().requests())
        .filteredOn(request -> TableObjects.NS.equals(request.namespace()))
        .filteredOn(request -> !request.resource().resource().equals("events"))
        .allMatch(request -> request.dryRun() || request.status() == 409);
    assertThat(records).allMatch(record -> record.outcome() == Outcome.UNRESOLVED);
  }

  private interface Step {
    void of(ConflictTable.Case line, String resource, String name, List<ConflictTable.Kind> kinds)
        throws InterruptedException;
  }

  private void forEach(int round, Step step) throws InterruptedException {
    for (ConflictTable.Case line : table.cases()) {
      for (String resource : TableObjects.resources()) {
        List<ConflictTable.Kind> kinds =
            table.kinds(resource).stream()
                .filter(kind -> line.expected(kind, 0).isPresent())
                .toList();
        for (String strategy : kinds.isEmpty() ? List.<String>of() : ConflictTable.STRATEGIES) {
          step.of(line, resource, name(strategy, round, line, resource), kinds);
        }
      }
    }
  }

  private static String name(String strategy, int round, ConflictTable.Case line, String resource) {
    String name = strategy.charAt(0) + Integer.toString(round) + "-" + line.name();
    return resource.equals("untyped") ? name + "-untyped" : name;
  }

  private void arrange(int round) throws InterruptedException {
    forEach(
        round,
        (line, resource, name, kinds) -> {
          if (!line.before().equals("none")) {
            physical.create(resource, TableObjects.object(resource, name, kinds, line.before()));
          }
        });
  }

  private void edit(int round) throws InterruptedException {
    forEach(
        round,
        (line, resource, name, kinds) -> {
          editUpstream(line, resource, name, kinds);
          editPhysical(line, resource, name, kinds, round);
        });
  }

  private void editPhysical(
      ConflictTable.Case line,
      String resource,
      String name,
      List<ConflictTable.Kind> kinds,
      int round)
      throws InterruptedException {
    String letter = line.physical();
    if (line.before().equals("none")) {
      physical.create(resource, TableObjects.object(resource, name, kinds, letter));
    } else if (letter.equals("gone")) {
      physical.delete(resource, name);
    } else if (letter.equals("R")) {
      physical.delete(resource, name);
      physical.create(resource, TableObjects.object(resource, name, kinds, "P"));
    } else {
      boolean more = round == 2 && resource.equals("widgets");
      physical.edit(resource, name, kinds, letter, more ? Map.of("spec.other", 1) : Map.of());
    }
  }

  private void editUpstream(
      ConflictTable.Case line, String resource, String name, List<ConflictTable.Kind> kinds)
      throws InterruptedException {
    String letter = line.upstream().replace("!", "");
    if (line.before().equals("none")) {
      upstream.create(resource, TableObjects.object(resource, name, List.of(), "-"));
    }
    if (letter.equals("X") || letter.equals("S")) {
      upstream.delete(resource, name);
    }
    if (letter.equals("S")) {
      upstream.create(
          resource,
          TableObjects.object(resource, name, kinds, "U")
              .with(
                  "metadata.labels[\"%sothers\"]".formatted(SyncKeys.STATE_LABEL_PREFIX),
                  "Upsync"));
    } else if (line.upstream().endsWith("!")) {
      upstream.take(resource, name, kinds, letter);
    } else if (!letter.equals("X") && !letter.equals(line.before())) {
      upstream.edit(resource, name, kinds, letter, Map.of());
    }
  }

  private void assertRound(int round) throws InterruptedException {
    Map<String, String> expected = new TreeMap<>();
    forEach(
        round,
        (line, resource, name, kinds) -> {
          int strategy = "cst".indexOf(name.charAt(0));
          for (ConflictTable.Kind kind : kinds) {
            line.expected(kind, strategy)
                .ifPresent(is -> expected.put(id(line, kind, strategy), is));
          }
        });
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(differences(expected, actual(round))).isEmpty());
    assertThat(records)
        .filteredOn(record -> record.outcome() != Outcome.UNRESOLVED)
        .filteredOn(record -> record.upstream().name().charAt(1) != Character.forDigit(round, 10))
        .as("decided again in round %d", round)
        .isEmpty();
  }

  private static String id(ConflictTable.Case line, ConflictTable.Kind kind, int strategy) {
    return line.name() + " " + kind.name() + " " + ConflictTable.STRATEGIES.get(strategy);
  }

  private List<String> differences(Map<String, String> expected, Map<String, String> actual) {
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (id, is) -> {
          if (!is.equals(actual.get(id))) {
            differences.add(
                "%s: expected <%s>, was <%s>: %s"
                    .formatted(id, is, actual.get(id), syncer.explain(keys.get(id)).message()));
          }
        });
    return differences;
  }

  private Map<String, String> actual(int round) throws InterruptedException {
    Map<String, String> actual = new TreeMap<>();
    forEach(
        round,
        (line, resource, name, kinds) -> {
          Optional<ObjectTree> copy = upstream.find(resource, name);
          for (ConflictTable.Kind kind : kinds) {
            String is = copy.map(live -> said(live, kind, name)).orElse("gone");
            boolean behind =
                round == 2
                    && resource.equals("widgets")
                    && !List.of("gone", "R", "S").contains(line.physical())
                    && !line.upstream().equals("S")
                    && !line.before().equals("none")
                    && copy.flatMap(live -> live.get(FieldPath.parse("spec.other")))
                        .filter(Long.valueOf(1)::equals)
                        .isEmpty();
            String id = id(line, kind, "cst".indexOf(name.charAt(0)));
            actual.put(id, behind ? is + " (held up)" : is);
            keys.put(id, ObjectKey.physical(TableObjects.served(resource), TableObjects.NS, name));
          }
        });
    return actual;
  }

  /** What is upstream, in the table's words. */
  private String said(ObjectTree copy, ConflictTable.Kind kind, String name) {
    FieldPath field = TableObjects.path(kind);
    Optional<Object> value =
        FieldNotes.value(copy, field) == null ? Optional.empty() : copy.get(field);
    String letter =
        value.isEmpty()
            ? "-"
            : kind.values().entrySet().stream()
                .filter(each -> each.getValue().equals(value.get()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("other");
    String yielded = isNoted(copy, field) ? " yielded" : "";
    return "%s %s %s%s"
        .formatted(letter, recorded(kind, field, name), owners(copy, field), yielded);
  }

  private String recorded(ConflictTable.Kind kind, FieldPath field, String name) {
    List<Outcome> outcomes =
        records.stream()
            .filter(record -> record.upstream().name().equals(name))
            .filter(
                record ->
                    record
                        .upstream()
                        .resource()
                        .toString()
                        .equals(TableObjects.served(kind.resource())))
            .filter(record -> record.field().startsWith(field))
            .map(ConflictRecord::outcome)
            .toList();
    if (outcomes.size() > 1) {
      return outcomes.toString();
    }
    return outcomes.isEmpty()
        ? "."
        : switch (outcomes.get(0)) {
          case TOOK_PHYSICAL -> "took";
          case KEPT_UPSTREAM -> "kept";
          case UNRESOLVED -> "open";
          case USED_VALUE, HELD -> outcomes.get(0).toString();
        };
  }

  private static String owners(ObjectTree copy, FieldPath field) {
    Set<String> owners = new TreeSet<>();
    for (OwnedFields.Entry entry : OwnedFields.entries(copy)) {
      for (FieldPath owned : entry.fields()) {
        if (owned.startsWith(field)) {
          owners.add(entry.manager());
        }
      }
    }
    return owners.size() > 1
        ? "both"
        : owners.isEmpty() ? "none" : owners.contains(US) ? "us" : TENANT;
  }

  private static boolean isNoted(ObjectTree copy, FieldPath field) {
    for (FieldPath noted : FieldNotes.yielded(copy).union(FieldNotes.settled(copy))) {
      if (noted.startsWith(field)) {
        return true;
      }
    }
    return false;
  }
}
