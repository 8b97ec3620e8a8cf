package io.kcp.upstream.status;

import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.PodRollup;
import io.kcp.upstream.status.health.Assessment;
import io.kcp.upstream.status.health.HealthRules;
import io.kcp.upstream.sync.WorkKey;
import io.kcp.upstream.transform.Desired;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Judges objects, remembers what was found, and tells what it means. Safe for any thread. */
final class Verdicts {
  private final Clock clock;
  private final Assessor assessor;
  private final HealthBook book = new HealthBook();
  private final HealthNews news = new HealthNews();
  private final Rechecks rechecks = new Rechecks();
  private final Predicate<WorkKey> anew;

  /**
   * Knows nothing yet.
   *
   * @param anew whether another thing was said on the object's copy than its last verdict
   */
  Verdicts(HealthRules rules, Clock clock, Predicate<WorkKey> anew) {
    this.assessor = new Assessor(rules);
    this.clock = clock;
    this.anew = anew;
  }

  /** One object, as it is now. */
  record Subject(WorkKey key, Desired desired, ObjectTree physical, Optional<Tally> tally) {}

  private record Context(Instant now, Optional<PodRollup> pods) implements HealthContext {}

  HealthBook book() {
    return book;
  }

  HealthNews news() {
    return news;
  }

  /**
   * How an object does; empty where there is nothing to say.
   *
   * @param before what its copy said, for the time of its condition
   */
  Optional<HealthState> judge(Subject subject, Supplier<Optional<ObjectTree>> before) {
    WorkKey key = subject.key();
    Instant now = clock.instant();
    Optional<Standing> last = book.find(key);
    Context context = new Context(now, subject.tally().map(Tally::toPods));
    Assessment verdict = assessor.assess(key, last, subject.desired(), subject.physical(), context);
    rechecks.plan(key, now, subject.tally(), verdict.recheckAfter());
    if (!verdict.assessed() || !hasStatus(subject)) {
      book.forget(key);
      return Optional.empty();
    }
    Instant since = since(key, last, verdict, before).orElse(now);
    Standing standing = Standing.of(subject.desired().origin().generation(), verdict, since);
    news.changed(key, last.map(Standing::state), standing.state());
    book.put(key, standing);
    return Optional.of(standing.state());
  }

  /** What only is there, such as a ConfigMap, can't do well or badly. */
  private static boolean hasStatus(Subject subject) {
    return subject.desired().type().physical().hasStatus()
        || subject.physical().asMap().containsKey("status");
  }

  private Optional<Instant> since(
      WorkKey key,
      Optional<Standing> last,
      Assessment verdict,
      Supplier<Optional<ObjectTree>> before) {
    if (anew.test(key)) {
      return Optional.empty();
    }
    String status = HealthState.status(verdict.health());
    return last.isPresent()
        ? last.map(Standing::state)
            .filter(state -> state.status().equals(status))
            .map(HealthState::since)
        : before.get().flatMap(live -> CopyWords.since(live, verdict.health()));
  }

  /** Who is to be judged again though nothing changed. */
  Set<WorkKey> takeDue() {
    return rechecks.takeDue(clock.instant());
  }

  void forget(WorkKey key) {
    book.forget(key);
    assessor.forget(key);
    news.forget(key);
    rechecks.forget(key);
  }
}
