package io.kcp.upstream.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Verdict;
import io.kcp.upstream.sync.WorkKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventQueueTest {
  private static final Finding COLLISION =
      new Finding(Verdict.SKIPPED, "NameCollision", "it is there without our mark");
  private static final Finding REFUSED = new Finding(Verdict.FAILED, "Invalid", "spec.replicas");
  private static final EventSettings.Pace PACE =
      new EventSettings.Pace(
          Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofSeconds(10), 3, 5, 25);

  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final EventQueue queue = new EventQueue(PACE, clock);

  @Test
  void oneObjectAndReasonIsToldOnceWithItsCount() {
    queue.changed(key("a"), null, COLLISION);
    queue.changed(key("a"), COLLISION, Finding.SYNCED);
    queue.changed(key("a"), Finding.SYNCED, COLLISION);
    clock.pass(PACE.settle());

    assertThat(poll()).map(Telling::count).contains(2);
    assertThat(poll()).isEmpty();
  }

  @Test
  void nothingIsDueBeforeItSettled() {
    queue.changed(key("a"), null, COLLISION);
    clock.pass(PACE.settle().minusMillis(1));
    assertThat(poll()).isEmpty();

    clock.pass(Duration.ofMillis(1));
    assertThat(poll()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "PAUSED", "NOT_SELECTED", "NOT_FOUND"})
  void whatIsNoNewsIsNotTold(Verdict verdict) {
    queue.changed(key("a"), null, new Finding(verdict, "Whatever", "so"));
    queue.changed(key("b"), null, Finding.SYNCED);
    clock.pass(Duration.ofMinutes(1));

    assertThat(poll()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "CONFLICTING", "SKIPPED", "HELD"})
  void whatSomebodyHasToKnowIsAWarning(Verdict verdict) {
    queue.changed(key("a"), null, new Finding(verdict, "Whatever", "so"));
    clock.pass(Duration.ofMinutes(1));

    assertThat(poll()).map(Telling::type).contains("Warning");
  }

  @Test
  void aRestoredCopyIsTold() {
    Finding restored = new Finding(Verdict.SYNCED, "Restored", "made again");

    queue.changed(key("a"), Finding.SYNCED, restored);
    clock.pass(PACE.settle());

    assertThat(poll()).map(Telling::type).contains("Normal");
  }

  @Test
  void aFailureIsToldOnlyWhenItLasts() {
    queue.changed(key("short"), null, REFUSED);
    queue.changed(key("long"), null, REFUSED);
    clock.pass(PACE.patience().minusSeconds(1));
    queue.changed(key("short"), REFUSED, Finding.SYNCED);
    clock.pass(Duration.ofSeconds(1));

    assertThat(poll()).map(told -> told.id().key()).contains(key("long"));
    assertThat(poll()).isEmpty();
  }

  @Test
  void afterAnOutageNothingIsToldOfWhatIsOver() {
    queue.changed(key("a"), null, REFUSED);
    clock.pass(Duration.ofMinutes(3));
    queue.putBack(poll().orElseThrow(), clock.instant());
    queue.changed(key("a"), REFUSED, Finding.SYNCED);

    assertThat(poll()).isEmpty();
  }

  @Test
  void theSameIsNotToldAgainTooSoonButIsCounted() {
    told(key("a"), COLLISION);

    for (int i = 0; i < 3; i++) {
      queue.changed(key("a"), COLLISION, Finding.SYNCED);
      queue.changed(key("a"), Finding.SYNCED, COLLISION);
    }
    clock.pass(PACE.quiet().minusMillis(1));
    assertThat(poll()).isEmpty();
    clock.pass(Duration.ofMillis(1));

    assertThat(poll()).map(Telling::count).contains(3);
  }

  @Test
  void anotherReasonNeedNotWait() {
    told(key("a"), COLLISION);

    queue.changed(key("a"), COLLISION, REFUSED);
    clock.pass(PACE.patience());

    assertThat(poll()).map(Telling::finding).contains(REFUSED);
  }

  @Test
  void theOldestIsDroppedAndCountedWhenTooMuchWaits() {
    for (String name : new String[] {"a", "b", "c", "d", "e"}) {
      queue.changed(key(name), null, COLLISION);
    }
    clock.pass(PACE.settle());

    assertThat(poll()).map(told -> told.id().key().name()).contains("c");
    assertThat(queue.dropped()).isEqualTo(2);
  }

  @Test
  void whatCouldNotBeWrittenIsAddedToWhatCameSince() {
    queue.changed(key("a"), null, COLLISION);
    clock.pass(PACE.settle());
    Telling first = poll().orElseThrow();
    queue.changed(key("a"), Finding.SYNCED, COLLISION);
    queue.putBack(first, clock.instant().plusSeconds(15));

    clock.pass(Duration.ofSeconds(14));
    assertThat(poll()).isEmpty();
    clock.pass(Duration.ofSeconds(1));
    Telling both = poll().orElseThrow();
    assertThat(both.count()).isEqualTo(2);
    assertThat(both.begin()).isEqualTo(first.begin());
  }

  private void told(WorkKey key, Finding finding) {
    queue.changed(key, null, finding);
    clock.pass(PACE.settle());
    queue.told(poll().orElseThrow().id(), clock.instant());
  }

  private Optional<Telling> poll() {
    return queue.poll(clock.instant());
  }

  private static WorkKey key(String name) {
    return new WorkKey(GroupResource.parse("configmaps"), "shop", name);
  }
}
