package io.kcp.upstream.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FightsTest {
  private static final ObjectKey WEB = ObjectKey.physical("deployments.apps", "shop", "web");
  private static final FieldPath REPLICAS = FieldPath.parse("spec.replicas");
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

  private void wroteAt(int... minutes) {
    for (int minute : minutes) {
      clock.now = START.plus(Duration.ofMinutes(minute));
      fights.wrote(WEB, REPLICAS);
    }
  }

  @Test
  void aFieldIsHeldAfterTooManyWrites() {
    wroteAt(0, 1);
    assertThat(fights.heldUntil(WEB, REPLICAS)).isEmpty();

    wroteAt(2);
    assertThat(fights.heldUntil(WEB, REPLICAS)).contains(START.plus(Duration.ofMinutes(10)));
  }

  @Test
  void isFreeOnceTheOldestWriteIsOutOfTheWindow() {
    wroteAt(0, 1, 2);
    clock.now = START.plus(Duration.ofMinutes(10));

    assertThat(fights.heldUntil(WEB, REPLICAS)).isEmpty();

    wroteAt(10);
    assertThat(fights.heldUntil(WEB, REPLICAS)).contains(START.plus(Duration.ofMinutes(11)));
  }

  @Test
  void slowWritesAreNoFight() {
    wroteAt(0, 6, 12, 18);

    assertThat(fights.heldUntil(WEB, REPLICAS)).isEmpty();
  }

  @Test
  void fieldsAndObjectsAreCountedApart() {
    wroteAt(0, 1, 2);

    assertThat(fights.heldUntil(WEB, FieldPath.parse("spec.paused"))).isEmpty();
    assertThat(fights.heldUntil(ObjectKey.physical("deployments.apps", "shop", "other"), REPLICAS))
        .isEmpty();
  }

  @Test
  void whatIsLongOverIsForgotten() {
    for (int i = 0; i < 5_000; i++) {
      clock.now = START.plus(Duration.ofHours(i));
      fights.wrote(ObjectKey.physical("configmaps", "shop", "c" + i), REPLICAS);
    }

    assertThat(fights.size()).isLessThan(1_001);
  }
}
