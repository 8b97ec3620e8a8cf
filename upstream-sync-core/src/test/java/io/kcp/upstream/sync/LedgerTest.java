package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final GroupResource CONFIGS = GroupResource.parse("configmaps");
  private static final WorkKey ONE = new WorkKey(CONFIGS, "shop", "one");
  private static final WorkKey OTHER = new WorkKey(GroupResource.parse("secrets"), "shop", "other");
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final StepClock clock = new StepClock(START);
  private final Ledger ledger = new Ledger(clock);

  @Test
  void countsEachObjectOnceAtItsLastVerdict() {
    ledger.record(ONE, Outcome.retry(Finding.failed("NoAnswer", "down")));
    ledger.record(OTHER, Outcome.settled(Finding.SYNCED));
    ledger.record(ONE, Outcome.settled(Finding.SYNCED));

    assertThat(ledger.counts()).isEqualTo(Map.of(Verdict.SYNCED, 2L));
    assertThat(ledger.counts(CONFIGS)).isEqualTo(Map.of(Verdict.SYNCED, 1L));
  }

  @Test
  void forgetsWhatIsOnNeitherSideOrNotSelected() {
    ledger.record(ONE, Outcome.settled(Finding.SYNCED));
    ledger.record(OTHER, Outcome.settled(Finding.SYNCED));

    ledger.record(ONE, Outcome.settled(Finding.NOT_FOUND));
    ledger.record(OTHER, Outcome.settled(Finding.notSelected("NamespaceExcluded", "kube-*")));

    assertThat(ledger.counts()).isEmpty();
    assertThat(ledger.find(ONE)).isEmpty();
  }

  @Test
  void keepsOfThoseInSyncWhatIsSaidBesides() {
    Finding problem = new Finding(Verdict.SYNCED, "SyncedWithProblems", "spec.x");
    clock.advance(Duration.ofMillis(1500));
    ledger.record(ONE, Outcome.settled(Finding.SYNCED));
    ledger.record(OTHER, Outcome.settled(problem));

    Instant second = START.plusSeconds(1);
    assertThat(ledger.find(ONE)).contains(new Ledger.Entry(Finding.SYNCED, second, 0, null));
    assertThat(ledger.find(OTHER)).contains(new Ledger.Entry(problem, second, 0, null));
    ledger.nextAttempt(ONE, START.plusSeconds(60));
    assertThat(ledger.find(ONE).map(Ledger.Entry::nextAttempt)).contains(START.plusSeconds(60));

    clock.advance(Duration.ofSeconds(5));
    ledger.record(ONE, Outcome.settled(problem));
    ledger.record(OTHER, Outcome.settled(Finding.SYNCED));
    assertThat(ledger.find(ONE)).contains(new Ledger.Entry(problem, second, 0, null));
    assertThat(ledger.find(OTHER)).contains(new Ledger.Entry(Finding.SYNCED, second, 0, null));
    assertThat(ledger.counts()).isEqualTo(Map.of(Verdict.SYNCED, 2L));
    ledger.forget(CONFIGS);
    ledger.forget(OTHER.resource());
    assertThat(ledger.counts()).isEmpty();
    assertThat(ledger.find(OTHER)).isEmpty();
  }

  @Test
  void countsAttemptsUntilOneSucceeds() {
    Outcome failure = Outcome.retry(Finding.failed("NoAnswer", "down"));
    ledger.record(ONE, failure);
    clock.advance(Duration.ofSeconds(5));
    ledger.record(ONE, failure);

    assertThat(ledger.find(ONE).map(Ledger.Entry::attempts)).contains(2);
    assertThat(ledger.find(ONE).map(Ledger.Entry::since)).contains(START);

    ledger.record(ONE, Outcome.settled(Finding.SYNCED));
    assertThat(ledger.find(ONE).map(Ledger.Entry::attempts)).contains(0);
    assertThat(ledger.find(ONE).map(Ledger.Entry::since)).contains(START.plusSeconds(5));
  }

  @Test
  void knowsWhenTheNextAttemptIs() {
    ledger.record(
        ONE, Outcome.retryAfter(Finding.pending("NotListed", "soon"), Duration.ofSeconds(3)));
    assertThat(ledger.find(ONE).map(Ledger.Entry::nextAttempt)).contains(START.plusSeconds(3));

    ledger.nextAttempt(ONE, START.plusSeconds(9));
    assertThat(ledger.find(ONE).map(Ledger.Entry::nextAttempt)).contains(START.plusSeconds(9));

    ledger.nextAttempt(OTHER, START);
    assertThat(ledger.find(OTHER)).isEmpty();
  }

  @Test
  void tellsListenersOnlyOfChanges() {
    List<String> told = new ArrayList<>();
    ledger.addListener((key, before, now) -> told.add(now.reason()));

    ledger.record(ONE, Outcome.settled(Finding.NOT_FOUND));
    ledger.record(ONE, Outcome.retry(Finding.failed("NoAnswer", "down")));
    ledger.record(ONE, Outcome.retry(Finding.failed("NoAnswer", "still down")));
    ledger.record(ONE, Outcome.settled(Finding.SYNCED));
    ledger.record(ONE, Outcome.settled(Finding.NOT_FOUND));

    assertThat(told).containsExactly("NoAnswer", "Synced", "NotFound");
  }

  @Test
  void givesExamplesAndForgetsAResource() {
    ledger.record(ONE, Outcome.settled(Finding.failed("Invalid", "spec.x")));
    ledger.record(OTHER, Outcome.settled(Finding.failed("Invalid", "spec.x")));

    assertThat(ledger.examples(Set.of(Verdict.FAILED), 1)).hasSize(1);
    assertThat(ledger.examples(Set.of(Verdict.SYNCED), 9)).isEmpty();

    ledger.forget(CONFIGS);
    assertThat(ledger.find(ONE)).isEmpty();
    assertThat(ledger.counts()).isEqualTo(Map.of(Verdict.FAILED, 1L));
  }

  /** Stands until it is moved. */
  static final class StepClock extends Clock {
    private Instant now;

    StepClock(Instant now) {
      this.now = now;
    }

    void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
