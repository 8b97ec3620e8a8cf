package io.kcp.upstream.status;

import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorSettings;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.status.health.HealthRules;
import io.kcp.upstream.sync.Additions;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Ledger;
import io.kcp.upstream.sync.Verdict;
import io.kcp.upstream.sync.WorkKey;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.wire.ClusterEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says on each copy how its original does: its health, and how its pods are. What changes is told
 * by {@link #tick}, so that a thousand pods that change at once make one write of their workload in
 * a coalescing time. Until pods are known a copy says what it said before. Safe for any thread.
 */
public final class CopyReports implements Additions, Ledger.Listener {
  /** Told of objects that went out of sight, or came back. */
  public interface Turns {
    /** Hands on every object that is watched. */
    void each(Consumer<WorkKey> to);

    void lost(WorkKey key);

    void regained(WorkKey key);
  }

  private static final int WORST = 10;
  private static final Duration SOON = Duration.ofMillis(200);

  private final Clock clock;
  private final WorkloadPods pods;
  private final Pace pace;
  private final Verdicts verdicts;
  private final HealthBook book;
  private final Blindness blind = new Blindness();
  private final LatePods late = new LatePods();
  private final RefusedWords refused = new RefusedWords();

  private volatile boolean telling;

  /**
   * Says nothing of pods before {@link #watchFor}.
   *
   * @param coalesce the shortest time between two writes of one copy's status
   * @param listed told when pods may be known now: {@link #tick} has something to tell
   */
  public CopyReports(
      ClusterEndpoint physical,
      MirrorSettings settings,
      Duration coalesce,
      HealthRules rules,
      Runnable listed) {
    this.clock = settings.clock();
    this.verdicts = new Verdicts(rules, clock, blind::wasTold);
    this.book = verdicts.book();
    this.pods = new WorkloadPods(physical, settings, rules.scheduleWindow(), listed);
    this.pace = new Pace(coalesce, clock);
  }

  /** Told when an object's health is lost or regained. */
  public void tell(Ledger.Listener listener) {
    verdicts.news().tell(listener);
  }

  /** These types are synced now. */
  public void watchFor(Collection<SyncedType> synced) {
    pods.watchFor(synced);
  }

  public void stop() {
    pods.stop();
  }

  /**
   * How everything does, as far as it was looked at.
   *
   * @param silent whether nothing of it is known now
   */
  public WorkloadSums sums(boolean silent) {
    return silent || blind.isBlind()
        ? WorkloadSums.unknown(book.counts())
        : new WorkloadSums(
            book.counts(),
            book.worst(WORST).stream()
                .map(each -> WorkloadDocument.ill(each.getKey(), each.getValue()))
                .toList(),
            pods.sum().map(WorkloadDocument::pods).orElse(null),
            pods.trouble().orElse(""),
            true);
  }

  /** What watches pods, and what is between them and their workloads. */
  public Collection<Mirror> mirrors() {
    return pods.mirrors();
  }

  /**
   * How the physical cluster is seen.
   *
   * @param silentSince when it was last seen, if that is too long ago
   * @param clear whether it is seen well: all watches are up to date
   * @param turns told of each object of whose copy another thing is to be said for that
   */
  public void seen(Optional<Instant> silentSince, boolean clear, Turns turns) {
    if (silentSince.isPresent() && !blind.isBlind()) {
      Set<WorkKey> known = new HashSet<>();
      turns.each(
          key -> {
            if (book.knows(key)) {
              known.add(key);
            }
          });
      blind.begin(silentSince.get(), clock.instant(), known).forEach(turns::lost);
    } else if (clear && blind.isBlind()) {
      blind.end().forEach(turns::regained);
    }
  }

  @Override
  public boolean isBlind(WorkKey key) {
    return blind.isBlind() && book.knows(key);
  }

  @Override
  public Optional<Words> blind(WorkKey key) {
    return book.find(key).map(Standing::state).flatMap(blind::words);
  }

  /** Whether all that is known is told. */
  public boolean isTold() {
    return !telling && late.isEmpty(pods.isKnown()) && !pods.hasChanged();
  }

  /** Whether a write waits for the end of its coalescing time. */
  public boolean isHolding() {
    return pace.isHolding();
  }

  @Override
  public Desired added(Desired desired, ObjectTree physical, Supplier<Optional<ObjectTree>> copy) {
    WorkKey key = key(desired);
    boolean hasPods = PodTypes.hasPods(desired.type().physical());
    Supplier<Optional<ObjectTree>> before = late.before(key, copy);
    if (hasPods && !book.knows(key) && !pods.isSettled()) {
      return late.asBefore(key, desired, before);
    }
    Optional<Tally> tally = hasPods ? pods.tally(physical) : Optional.empty();
    Optional<HealthState> state =
        verdicts.judge(new Verdicts.Subject(key, desired, physical, tally), before);
    late.judged(key, hasPods && tally.isEmpty());
    return refused.rest(key, desired, state, tally);
  }

  private static WorkKey key(Desired desired) {
    return new WorkKey(
        desired.physical().resource(), desired.physical().namespace(), desired.physical().name());
  }

  @Override
  public Optional<ObjectTree> withoutCondition(ObjectTree status) {
    return CopyWords.withoutCondition(status);
  }

  @Override
  public void conditionRefused(Desired desired) {
    refused.condition(desired);
  }

  @Override
  public Optional<Desired> withoutWords(Desired desired) {
    return CopyWords.withoutWords(desired);
  }

  @Override
  public void wordsRefused(WorkKey key) {
    refused.words(key);
  }

  @Override
  public Optional<Duration> early(WorkKey key, Desired desired, boolean isThere) {
    if (isThere) {
      return pace.early(key, desired);
    }
    // What can be said at once costs one write less.
    return late.contains(key) && pods.isStarting() ? Optional.of(SOON) : Optional.empty();
  }

  @Override
  public boolean awaits(WorkKey key) {
    return late.contains(key);
  }

  @Override
  public void written(WorkKey key, Desired desired) {
    pace.written(key, desired);
  }

  @Override
  public void changed(WorkKey key, @Nullable Finding before, Finding now) {
    if (now.verdict() == Verdict.NOT_FOUND || now.verdict() == Verdict.NOT_SELECTED) {
      verdicts.forget(key);
      late.forget(key);
      refused.forget(key);
    }
  }

  /**
   * To be called once in a coalescing time.
   *
   * @param again told of each object of which something else is to be said now
   */
  public synchronized void tick(Consumer<WorkKey> again) {
    telling = true;
    try {
      due().forEach(again);
    } finally {
      telling = false;
    }
  }

  private Set<WorkKey> due() {
    Set<WorkKey> due = pods.takeChanged();
    if (pods.isListed()) {
      late.moveTo(due, pods.isKnown());
    }
    due.addAll(verdicts.takeDue());
    pace.tidy();
    return due;
  }
}
