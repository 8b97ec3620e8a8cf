package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was reported of one object.
 *
 * @param turning since when every finding has been worse, or every one better, than the report;
 *     null when the last was like it
 * @param worse whether that turn is to the worse
 * @param turns when it turned to the worse, as reported; the last few
 */
record Remembered(
    long generation,
    Assessment reported,
    @Nullable Instant turning,
    boolean worse,
    List<Instant> turns) {
  /** Failures that somebody who knows has declared. */
  private static final Set<String> DECLARED =
      Set.of("deployment.progress-deadline", "generic.stalled", "claim.phase", "volume.phase");

  static Remembered first(long generation, Assessment fresh) {
    return new Remembered(generation, fresh, null, false, List.of());
  }

  /** Nothing is known of it but its last report. */
  static Remembered calm(Reported last) {
    return new Remembered(last.generation(), last.assessment(), null, false, List.of());
  }

  /** Whether there is nothing to remember of it but its last report. */
  boolean isCalm(Instant now, HealthHold hold) {
    Instant start = now.minus(hold.window());
    return turning == null && turns.stream().allMatch(time -> time.isBefore(start));
  }

  Remembered next(long generation, Assessment fresh, Instant now, HealthHold hold) {
    if (generation != this.generation) {
      return new Remembered(generation, fresh, null, false, turns);
    }
    int turn = HealthMemory.severity(fresh.health()) - HealthMemory.severity(reported.health());
    if (turn == 0 || atOnce(fresh)) {
      return new Remembered(generation, fresh, null, false, turns);
    }
    boolean toWorse = turn > 0;
    Instant since = turning != null && worse == toWorse ? turning : now;
    if (Duration.between(since, now).compareTo(wanted(toWorse, now, hold)) < 0) {
      return new Remembered(generation, reported, since, toWorse, turns);
    }
    return new Remembered(generation, fresh, null, false, toWorse ? andNow(now, hold) : turns);
  }

  private static boolean atOnce(Assessment fresh) {
    return fresh.finished()
        || fresh.terminating()
        || fresh.health() == Health.MISSING
        || fresh.health() == Health.SUSPENDED
        || (fresh.health() == Health.DEGRADED && DECLARED.contains(fresh.rule()));
  }

  private Duration wanted(boolean toWorse, Instant now, HealthHold hold) {
    if (toWorse) {
      return hold.worse();
    }
    Instant start = now.minus(hold.window());
    long flaps = turns.stream().filter(time -> !time.isBefore(start)).count();
    return flaps >= hold.flaps() ? hold.better() : Duration.ZERO;
  }

  private List<Instant> andNow(Instant now, HealthHold hold) {
    List<Instant> more = new ArrayList<>(turns);
    more.add(now);
    return List.copyOf(more.subList(Math.max(0, more.size() - hold.flaps()), more.size()));
  }

  /** The report, with the time at which a turn that is held back would be due. */
  Assessment report(Assessment fresh, Instant now, HealthHold hold) {
    if (turning == null) {
      return reported;
    }
    Duration left = wanted(worse, now, hold).minus(Duration.between(turning, now));
    Duration own = fresh.recheckAfter();
    return reported.recheckAfter(own != null && own.compareTo(left) < 0 ? own : left);
  }
}
