package io.kcp.upstream.conflict;

import static io.kcp.upstream.spi.ConflictRecord.Outcome.HELD;
import static io.kcp.upstream.spi.ConflictRecord.Outcome.TOOK_PHYSICAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FightsTest {
  private static final ObjectKey WEB = ObjectKey.physical("deployments.apps", "shop", "web");
  private static final FieldPath REPLICAS = FieldPath.parse("spec.replicas");
  private static final Fights.Field ON_REPLICAS = new Fights.Field(WEB, REPLICAS, "s");
  private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

  private final HandClock clock = new HandClock();
  private final Fights fights = new Fights(3, Duration.ofMinutes(10), clock);

  private static final class HandClock extends Clock {
    private Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private void at(int minute) {
    clock.now = START.plus(Duration.ofMinutes(minute));
  }

  private void wroteAt(int... minutes) {
    for (int minute : minutes) {
      at(minute);
      fights.wrote(ON_REPLICAS);
    }
  }

  @Test
  void aFieldIsHeldAfterTooManyWrites() {
    wroteAt(0, 1);
    assertThat(fights.heldUntil(ON_REPLICAS)).isEmpty();

    wroteAt(2);
    assertThat(fights.heldUntil(ON_REPLICAS)).contains(START.plus(Duration.ofMinutes(12)));
  }

  @Test
  void isTriedOnceAfterAWindowAndHeldForTwiceAsLongIfThatIsWrittenOver() {
    wroteAt(0, 1, 2);
    assertThat(fights.heldUntil(ON_REPLICAS)).contains(START.plus(Duration.ofMinutes(12)));
    at(12);
    assertThat(fights.heldUntil(ON_REPLICAS)).isEmpty();

    wroteAt(12);
    at(13);
    assertThat(fights.heldUntil(ON_REPLICAS)).contains(START.plus(Duration.ofMinutes(33)));

    at(33);
    assertThat(fights.heldUntil(ON_REPLICAS)).isEmpty();
    wroteAt(33);
    at(34);
    assertThat(fights.heldUntil(ON_REPLICAS)).contains(START.plus(Duration.ofMinutes(74)));
  }

  @Test
  void oneThatStaysQuietForAWindowIsAsGoodAsNew() {
    wroteAt(0, 1, 2);
    fights.heldUntil(ON_REPLICAS);
    at(12);
    fights.heldUntil(ON_REPLICAS);
    wroteAt(12);
    at(23);

    assertThat(fights.heldUntil(ON_REPLICAS)).isEmpty();
    wroteAt(23, 24);
    assertThat(fights.heldUntil(ON_REPLICAS)).isEmpty();
  }

  @Test
  void isFreeWhenTheSidesAgreeAPersonSaysSoOrAnotherStrategyIsInForce() {
    wroteAt(0, 1, 2);
    assertThat(fights.heldUntil(ON_REPLICAS)).isPresent();
    assertThat(fights.heldUntil(new Fights.Field(WEB, REPLICAS, "other"))).isEmpty();
    fights.onlyAskedAbout(WEB, REPLICAS::equals);
    assertThat(fights.heldUntil(ON_REPLICAS)).isPresent();

    fights.onlyAskedAbout(WEB, field -> false);
    assertThat(fights.heldUntil(ON_REPLICAS)).isEmpty();

    wroteAt(3, 4, 5);
    assertThat(fights.heldUntil(ON_REPLICAS)).isPresent();
    fights.decided(WEB, REPLICAS);
    assertThat(fights.heldUntil(ON_REPLICAS)).isEmpty();
  }

  private static ConflictRecord record(int minute, ConflictRecord.Outcome outcome) {
    return new ConflictRecord(
        START.plus(Duration.ofMinutes(minute)),
        "root:shop",
        "edge-1",
        WEB,
        ObjectKey.upstream("deployments.apps", "shop", "web"),
        REPLICAS,
        Change.EDITED,
        Change.EDITED,
        null,
        null,
        Set.of(),
        outcome,
        "s",
        "SyncTarget",
        "");
  }

  @Test
  void whatAnEarlierProcessHeldIsHeldOn() {
    at(3);
    fights.takeUp(List.of(record(2, HELD), record(1, TOOK_PHYSICAL)));
    assertThat(fights.heldUntil(ON_REPLICAS)).contains(START.plus(Duration.ofMinutes(12)));

    at(12);
    assertThat(fights.heldUntil(ON_REPLICAS)).as("one write tries").isEmpty();
    wroteAt(12);
    assertThat(fights.heldUntil(ON_REPLICAS)).contains(START.plus(Duration.ofMinutes(32)));
  }

  @Test
  void whatCameAfterAHoldEndedIt() {
    fights.takeUp(List.of(record(2, TOOK_PHYSICAL), record(1, HELD)));

    assertThat(fights.heldUntil(ON_REPLICAS)).isEmpty();
  }

  @Test
  void slowWritesAreNoFight() {
    wroteAt(0, 6, 12, 18);

    assertThat(fights.heldUntil(ON_REPLICAS)).isEmpty();
  }

  @Test
  void fieldsAndObjectsAreCountedApart() {
    wroteAt(0, 1, 2);

    assertThat(fights.heldUntil(new Fights.Field(WEB, FieldPath.parse("spec.paused"), "s")))
        .isEmpty();
    assertThat(
            fights.heldUntil(
                new Fights.Field(
                    ObjectKey.physical("deployments.apps", "shop", "other"), REPLICAS, "s")))
        .isEmpty();
  }

  @Test
  void whatIsLongOverIsForgotten() {
    for (int i = 0; i < 5_000; i++) {
      clock.now = START.plus(Duration.ofHours(i));
      fights.wrote(
          new Fights.Field(ObjectKey.physical("configmaps", "shop", "c" + i), REPLICAS, "s"));
    }

    assertThat(fights.size()).isLessThan(1_001);
  }
}
