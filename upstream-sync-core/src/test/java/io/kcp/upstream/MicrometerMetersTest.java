package io.kcp.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Verdict;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MicrometerMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SyncMeters meters = (SyncMeters) MicrometerMeters.of(registry);
  private final SyncMeters.Gauges edge = meters.of(new SyncMeters.Whose("edge-1", "root:shop"));
  private final Map<Verdict, Long> objects = new EnumMap<>(Verdict.class);

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
    edge.conflict(ConflictRecord.Outcome.KEPT_UPSTREAM);

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
    edge.conflict(ConflictRecord.Outcome.HELD);

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

  private SyncMeters.Measured measured() {
    return new SyncMeters.Measured(() -> objects, () -> 7, () -> 8, () -> 9, () -> 10);
  }
}
