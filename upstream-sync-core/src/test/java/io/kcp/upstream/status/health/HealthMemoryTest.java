package io.kcp.upstream.status.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which turns of health are reported, and when. The clock is the test's. */
class HealthMemoryTest {
  private static final HealthHold HOLD =
      new HealthHold(Duration.ofSeconds(10), Duration.ofSeconds(60), 3, Duration.ofMinutes(10));

  private final HealthMemory<String> memory = new HealthMemory<>(HOLD);
  private final Map<String, Reported> last = new HashMap<>();
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");

  private static Assessment found(Health health) {
    return found(health, "test.rule", false, false);
  }

  private static Assessment found(
      Health health, String rule, boolean terminating, boolean finished) {
    return new Assessment(
        health, terminating, finished, true, "R", health + "!", rule, null, null, List.of());
  }

  private Assessment report(Assessment fresh) {
    return report("shop/web", 1, fresh);
  }

  private Assessment report(String key, long generation, Assessment fresh) {
    Assessment said = memory.report(key, last.get(key), generation, fresh, now);
    last.put(key, new Reported(generation, said));
    return said;
  }

  private void forget(String key) {
    memory.forget(key);
    last.remove(key);
  }

  private Health report(Health fresh) {
    return report(found(fresh)).health();
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  @Test
  void theFirstReportIsWhatWasFound() {
    assertThat(report(Health.DEGRADED)).isEqualTo(Health.DEGRADED);
  }

  @Test
  void aTurnToTheWorseIsReportedWhenItLasts() {
    report(Health.HEALTHY);

    assertThat(report(Health.PROGRESSING)).isEqualTo(Health.HEALTHY);
    pass(9);
    assertThat(report(Health.DEGRADED)).isEqualTo(Health.HEALTHY);
    pass(1);
    assertThat(report(Health.DEGRADED)).isEqualTo(Health.DEGRADED);
  }

  @Test
  void aShortDipIsNeverReportedHoweverOftenItComes() {
    List<Health> reported = new ArrayList<>();
    report(Health.HEALTHY);
    for (int i = 0; i < 20; i++) {
      reported.add(report(Health.PROGRESSING));
      pass(9);
      reported.add(report(Health.HEALTHY));
      pass(9);
    }

    assertThat(reported).containsOnly(Health.HEALTHY);
  }

  @Test
  void whatIsHeldBackSaysWhenToAskAgain() {
    report(Health.HEALTHY);
    report(Health.PROGRESSING);
    pass(4);

    Assessment held = report(found(Health.PROGRESSING));

    assertThat(held.message()).isEqualTo("HEALTHY!");
    assertThat(held.recheckAfter()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void theEarlierOfTwoTimesToAskAgainCounts() {
    report(Health.HEALTHY);

    Assessment sooner = found(Health.PROGRESSING).recheckAfter(Duration.ofSeconds(3));

    assertThat(report(sooner).recheckAfter()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aTurnToTheBetterIsReportedAtOnce() {
    report(Health.DEGRADED);

    assertThat(report(Health.PROGRESSING)).isEqualTo(Health.PROGRESSING);
    assertThat(report(Health.HEALTHY)).isEqualTo(Health.HEALTHY);
  }

  @Test
  void anObjectThatFlapsMustHaveBeenBetterForAWhile() {
    report(Health.HEALTHY);
    for (int i = 0; i < 3; i++) {
      report(Health.DEGRADED);
      pass(10);
      assertThat(report(Health.DEGRADED)).isEqualTo(Health.DEGRADED);
      if (i < 2) {
        assertThat(report(Health.HEALTHY)).isEqualTo(Health.HEALTHY);
      }
    }

    assertThat(report(Health.HEALTHY)).isEqualTo(Health.DEGRADED);
    pass(30);
    assertThat(report(Health.DEGRADED)).isEqualTo(Health.DEGRADED);
    assertThat(report(Health.HEALTHY)).isEqualTo(Health.DEGRADED);
    pass(59);
    assertThat(report(found(Health.HEALTHY)).recheckAfter()).isEqualTo(Duration.ofSeconds(1));
    pass(1);
    assertThat(report(Health.HEALTHY)).isEqualTo(Health.HEALTHY);
  }

  @Test
  void flappingIsForgottenWithTime() {
    report(Health.HEALTHY);
    for (int i = 0; i < 3; i++) {
      report(Health.DEGRADED);
      pass(10);
      report(Health.DEGRADED);
      report(Health.HEALTHY);
    }
    pass(601);

    assertThat(report(Health.HEALTHY)).isEqualTo(Health.HEALTHY);
  }

  @Test
  void aNewGenerationIsSomebodysDoingAndReportedAtOnce() {
    report(Health.HEALTHY);

    assertThat(report("shop/web", 2, found(Health.PROGRESSING)).health())
        .isEqualTo(Health.PROGRESSING);
  }

  @Test
  void whatWillNotComeBackByItselfIsReportedAtOnce() {
    List<Assessment> atOnce =
        List.of(
            found(Health.DEGRADED, "job.failed", false, true),
            found(Health.PROGRESSING, "generic.deletion", true, false),
            found(Health.DEGRADED, "deployment.progress-deadline", false, false),
            found(Health.SUSPENDED),
            HealthRules.missing());

    for (Assessment fresh : atOnce) {
      forget("shop/web");
      report(Health.HEALTHY);

      assertThat(report(fresh)).isEqualTo(fresh);
    }
  }

  @Test
  void newWordsForTheSameHealthAreReportedAtOnce() {
    report(Health.DEGRADED);

    assertThat(report(found(Health.DEGRADED, "other.rule", false, false)).rule())
        .isEqualTo("other.rule");
  }

  @Test
  void objectsAreRememberedApartAndForgotten() {
    report(Health.HEALTHY);
    report(Health.PROGRESSING);
    report("shop/other", 1, found(Health.HEALTHY));
    pass(10);

    assertThat(report("shop/other", 1, found(Health.DEGRADED)).health()).isEqualTo(Health.HEALTHY);
    forget("shop/web");
    assertThat(report(Health.PROGRESSING)).isEqualTo(Health.PROGRESSING);
  }

  @Test
  void nothingIsKeptOfWhatIsNotOnTheMove() {
    report(Health.HEALTHY);
    report("shop/other", 1, found(Health.DEGRADED));
    assertThat(memory.size()).isZero();

    report(Health.PROGRESSING);
    assertThat(memory.size()).isEqualTo(1);

    report(Health.HEALTHY);
    assertThat(memory.size()).isZero();
  }

  @Test
  void aTurnToTheWorseIsKeptUntilItCannotBeFlapping() {
    report(Health.HEALTHY);
    report(Health.DEGRADED);
    pass(10);
    report(Health.DEGRADED);
    report(Health.HEALTHY);
    assertThat(memory.size()).isEqualTo(1);

    pass(601);
    report(Health.HEALTHY);
    assertThat(memory.size()).isZero();
  }
}
