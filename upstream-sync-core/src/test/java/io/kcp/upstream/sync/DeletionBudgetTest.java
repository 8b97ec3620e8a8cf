package io.kcp.upstream.sync;

import static io.kcp.upstream.sync.DeletionBudget.Answer.GATHERING;
import static io.kcp.upstream.sync.DeletionBudget.Answer.GRANTED;
import static io.kcp.upstream.sync.DeletionBudget.Answer.HELD;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeletionBudgetTest {
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final DeletionBudget.Limit TWO = new DeletionBudget.Limit(2, WINDOW, 0);

  private final LedgerTest.StepClock clock =
      new LedgerTest.StepClock(Instant.parse("2030-01-01T00:00:00Z"));
  private final Set<WorkKey> released = new HashSet<>();
  private final DeletionBudget budget = new DeletionBudget(clock, QUIET, released::addAll);

  private static WorkKey key(int number) {
    return new WorkKey(GroupResource.parse("configmaps"), "shop", "c" + number);
  }

  private void hold(int count) {
    for (int i = 0; i < count; i++) {
      budget.ask(key(i), TWO);
    }
  }

  @Test
  void grantsAFewOnceNoMoreCome() {
    assertThat(budget.ask(key(1), TWO)).isEqualTo(GATHERING);
    clock.advance(Duration.ofSeconds(1));
    assertThat(budget.ask(key(2), TWO)).isEqualTo(GATHERING);
    clock.advance(Duration.ofSeconds(1));
    assertThat(budget.ask(key(1), TWO)).isEqualTo(GATHERING);
    clock.advance(Duration.ofSeconds(1));
    assertThat(budget.ask(key(1), TWO)).isEqualTo(GRANTED);
    assertThat(budget.ask(key(2), TWO)).isEqualTo(GRANTED);
  }

  @Test
  void holdsAllOfTooManyAndDeletesNone() {
    hold(3);

    clock.advance(QUIET);
    assertThat(budget.ask(key(0), TWO)).isEqualTo(HELD);
    assertThat(budget.ask(key(3), TWO)).isEqualTo(HELD);
    assertThat(budget.holds()).singleElement().extracting(Hold::count).isEqualTo(4);
  }

  @Test
  void holdsWhereTheMirrorsShowTooManyThoughOneAsks() {
    assertThat(budget.ask(key(0), new DeletionBudget.Limit(2, WINDOW, 3))).isEqualTo(HELD);
  }

  @Test
  void chargesWhatWasDeletedToTheWindow() {
    budget.ask(key(0), TWO);
    budget.ask(key(1), TWO);
    clock.advance(QUIET);
    budget.deleted(key(0));
    budget.deleted(key(1));

    assertThat(budget.ask(key(2), TWO)).isEqualTo(HELD);

    budget.kept(key(2));
    clock.advance(WINDOW.plusSeconds(1));
    assertThat(budget.ask(key(2), TWO)).isEqualTo(GATHERING);
  }

  @Test
  void releasesTheHoldThatAPersonNamesAndNoLaterOne() {
    hold(3);
    String id = budget.holds().get(0).id();
    budget.ask(key(3), TWO);

    budget.release(id);
    assertThat(released).isEmpty();
    assertThat(budget.ask(key(0), TWO)).isEqualTo(HELD);

    budget.release(budget.holds().get(0).id());
    assertThat(released).hasSize(4);
    assertThat(budget.ask(key(0), TWO)).isEqualTo(GRANTED);
    assertThat(budget.holds()).isEmpty();
  }

  @Test
  void findsTheReleasedHoldAgainAfterARestart() {
    hold(3);
    String id = budget.holds().get(0).id();
    Set<WorkKey> later = new HashSet<>();
    DeletionBudget restarted = new DeletionBudget(clock, QUIET, later::addAll);
    restarted.release(id);

    restarted.ask(key(2), TWO);
    restarted.ask(key(1), TWO);
    restarted.ask(key(0), TWO);

    assertThat(later).containsExactlyInAnyOrder(key(0), key(1), key(2));
    assertThat(restarted.ask(key(1), TWO)).isEqualTo(GRANTED);
  }

  @Test
  void aReleasedDeletionIsNotCharged() {
    hold(3);
    budget.release(budget.holds().get(0).id());
    hold(3);
    for (int i = 0; i < 3; i++) {
      budget.deleted(key(i));
    }

    assertThat(budget.ask(key(7), TWO)).isEqualTo(GATHERING);
  }

  @Test
  void endsAHoldOfWhichNothingIsLeft() {
    hold(3);
    for (int i = 0; i < 3; i++) {
      budget.kept(key(i));
    }

    assertThat(budget.holds()).isEmpty();
    assertThat(budget.ask(key(5), TWO)).isEqualTo(GATHERING);
  }

  @Test
  void countsEachResourceByItself() {
    hold(3);
    WorkKey secret = new WorkKey(GroupResource.parse("secrets"), "shop", "s");

    assertThat(budget.ask(secret, TWO)).isEqualTo(GATHERING);
    budget.allGathered();
    assertThat(budget.ask(secret, TWO)).isEqualTo(GRANTED);
  }
}
