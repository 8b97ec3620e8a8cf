package io.kcp.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Verdict;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MicrometerMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SyncMeters meters = (SyncMeters) MicrometerMeters.of(registry);
  private final SyncMeters.Gauges edge = meters.of(new SyncMeters.Whose("edge-1", "root:shop"));
  private final Map<Verdict, Long> objects = new EnumMap<>(Verdict.class);

  private static ConflictRecord record(ConflictRecord.Outcome outcome) {
    return new ConflictRecord(
        Instant.EPOCH,
        "root:shop",
        "edge-1",
        ObjectKey.physical("deployments.apps", "shop", "web"),
        ObjectKey.upstream("deployments.apps", "shop", "web"),
        FieldPath.parse("spec.replicas"),
        Change.EDITED,
        Change.EDITED,
        null,
        null,
        Set.of(),
        outcome,
        "three-way-merge",
        "SyncTarget",
        "");
  }

  @Test
  void objectsAreReadByVerdictWheneverAsked() {
    edge.watch(measured());
    objects.put(Verdict.FAILED, 3L);

    assertThat(registry.get("upstream.sync.objects").tag("verdict", "failed").gauge().value())
        .isEqualTo(3);
    assertThat(registry.get("upstream.sync.objects").tag("verdict", "synced").gauge().value())
        .isZero();
    assertThat(registry.get("upstream.sync.queue.length").gauge().value()).isEqualTo(7);
    assertThat(registry.get("upstream.sync.events.written").functionCounter().count()).isEqualTo(8);
    assertThat(registry.get("upstream.sync.events.dropped").functionCounter().count()).isEqualTo(9);
    assertThat(registry.get("upstream.sync.status.writes").functionCounter().count()).isEqualTo(10);
  }

  @Test
  void outcomesAndConflictsAreCounted() {
    edge.outcome(Finding.SYNCED);
    edge.outcome(Finding.SYNCED);
    edge.conflict(record(ConflictRecord.Outcome.KEPT_UPSTREAM));

    assertThat(
            registry
                .get("upstream.sync.outcomes")
                .tags("syncTarget", "edge-1", "workspace", "root:shop")
                .tags("verdict", "synced", "reason", "Synced")
                .counter()
                .count())
        .isEqualTo(2);
    assertThat(
            registry
                .get("upstream.sync.conflicts")
                .tags("resource", "deployments.apps", "strategy", "three-way-merge")
                .tag("outcome", "kept_upstream")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void syncersDoNotMix() {
    SyncMeters.Gauges other = meters.of(new SyncMeters.Whose("edge-2", "root:shop"));
    edge.outcome(Finding.SYNCED);
    other.outcome(Finding.SYNCED);

    assertThat(registry.get("upstream.sync.outcomes").tag("syncTarget", "edge-2").counter().count())
        .isEqualTo(1);
  }

  @Test
  void aStoppedSyncerLeavesOnlyWhatWasCounted() {
    edge.watch(measured());
    edge.outcome(Finding.SYNCED);

    edge.close();

    assertThat(registry.getMeters())
        .extracting(meter -> meter.getId().getName())
        .containsExactly("upstream.sync.outcomes");
  }

  @Test
  void manyReasonsBecomeOne() {
    for (int i = 0; i < 500; i++) {
      edge.outcome(new Finding(Verdict.FAILED, "Reason" + i, "so"));
    }

    assertThat(registry.getMeters()).hasSizeLessThanOrEqualTo(110);
    assertThat(registry.get("upstream.sync.outcomes").tag("reason", "Other").counter().count())
        .isEqualTo(400);
  }

  @Test
  void everyMeterSaysWhoseItIs() {
    edge.watch(measured());
    edge.outcome(Finding.SYNCED);
    edge.conflict(record(ConflictRecord.Outcome.HELD));

    assertThat(registry.getMeters())
        .allSatisfy(
            meter ->
                assertThat(meter.getId().getTags())
                    .contains(Tag.of("syncTarget", "edge-1"), Tag.of("workspace", "root:shop")))
        .extracting(Meter::getId)
        .allMatch(id -> id.getName().startsWith("upstream.sync."));
  }

  @Test
  void aRuntimeTakesNoOtherMeters() {
    SyncRuntime.Builder builder = SyncRuntime.builder();
    SyncRuntime.Meters others = new SyncRuntime.Meters() {};

    assertThatThrownBy(() -> builder.meters(others))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MicrometerMeters.of");
  }

  @Test
  void requestsAndLagAreTimedInFewBuckets() {
    SyncMeters.Request apply = new SyncMeters.Request("workspace", "apply", "ok");
    edge.request(apply, Duration.ofMillis(3), Duration.ofMillis(40));
    edge.lag(Duration.ofMillis(300));
    edge.avoided();
    edge.watching("physical");

    assertThat(registry.get("upstream.sync.requests").tag("verb", "apply").timer().count())
        .isEqualTo(1);
    assertThat(registry.get("upstream.sync.throttled").timer().totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(3);
    assertThat(registry.get("upstream.sync.lag").timer().takeSnapshot().histogramCounts())
        .hasSizeLessThan(15);
    assertThat(registry.get("upstream.sync.writes.avoided").counter().count()).isEqualTo(1);
    assertThat(registry.get("upstream.sync.watches").tag("cluster", "physical").counter().count())
        .isEqualTo(1);
  }

  @Test
  void theDocsNameEveryMeterAndNoOther() throws IOException {
    edge.watch(measured());
    edge.outcome(Finding.SYNCED);
    edge.conflict(record(ConflictRecord.Outcome.HELD));
    requestsAndLagAreTimedInFewBuckets();
    Set<String> names = new TreeSet<>();
    registry.getMeters().stream()
        .map(meter -> meter.getId().getName())
        .filter(name -> !name.endsWith(".histogram")) // this registry's way to show buckets
        .forEach(names::add);

    Path docs = Path.of("..", "docs");
    assertThat(named(Files.readString(docs.resolve("metrics.md")), "`(upstream\\.sync\\.[a-z.]+)`"))
        .containsExactlyElementsOf(names);
    Set<String> prometheus = new TreeSet<>();
    names.forEach(name -> prometheus.add(name.replace('.', '_')));
    assertThat(
            named(
                Files.readString(docs.resolve("grafana-dashboard.json")),
                "(upstream_sync_[a-z_]+?)(?:_total|_seconds_(?:bucket|count|sum|max))?[{\\[ )]"))
        .isNotEmpty()
        .isSubsetOf(prometheus);
  }

  private static Set<String> named(String text, String pattern) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private SyncMeters.Measured measured() {
    return new SyncMeters.Measured(
        new SyncMeters.Objects(() -> objects, Map::of, () -> 0),
        new SyncMeters.Queue(() -> 7, () -> 0.5),
        new SyncMeters.Mirrored(side -> 5, () -> 6),
        new SyncMeters.Reports(() -> 8, () -> 9, () -> 10));
  }
}
