package io.kcp.upstream.status;

import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorSettings;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.PodRollup;
import io.kcp.upstream.status.health.Assessment;
import io.kcp.upstream.status.health.HealthRules;
import io.kcp.upstream.sync.Additions;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Ledger;
import io.kcp.upstream.sync.Verdict;
import io.kcp.upstream.sync.WorkKey;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.wire.ClusterEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    void lost(WorkKey key);

    void regained(WorkKey key);
  }

  private static final int WORST = 10;
  private static final Duration SOON = Duration.ofMillis(200);

  private final Clock clock;
  private final Assessor assessor;
  private final PodBoard board = new PodBoard();
  private final PodWatch pods;
  private final Pace pace;
  private final HealthBook book = new HealthBook();
  private final HealthNews news = new HealthNews();
  private final Blindness blind = new Blindness();
  private final Rechecks rechecks = new Rechecks();
  private final Set<WorkKey> postponed = ConcurrentHashMap.newKeySet();

  /** What copies said when their pods were not known yet: their content is not kept that long. */
  private final Map<WorkKey, ObjectTree> said = new ConcurrentHashMap<>();

  private volatile Tally sum;
  private volatile boolean telling;
  private volatile WorkloadTypes types = WorkloadTypes.NONE;

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
    this.assessor = new Assessor(rules);
    this.pods = new PodWatch(physical, settings, board, listed);
    this.pace = new Pace(coalesce, clock);
    this.sum = board.sum(0);
  }

  /** Told when an object's health is lost or regained. */
  public void tell(Ledger.Listener listener) {
    news.tell(listener);
  }

  /** These types are synced now. */
  public void watchFor(Collection<SyncedType> synced) {
    types = WorkloadTypes.of(synced);
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
    List<WorkloadSums.Ill> worst =
        book.worst(WORST).stream().map(each -> ill(each.getKey(), each.getValue())).toList();
    WorkloadSums.Pods counted = pods.isKnown() ? pods(sum) : null;
    if (silent || blind.isBlind()) {
      return WorkloadSums.unknown(book.counts());
    }
    return new WorkloadSums(book.counts(), worst, counted, pods.trouble().orElse(""));
  }

  private static WorkloadSums.Ill ill(WorkKey key, HealthState state) {
    return new WorkloadSums.Ill(key, state.health(), state.reason(), state.message());
  }

  private static WorkloadSums.Pods pods(Tally all) {
    return new WorkloadSums.Pods(
        all.pods(),
        all.ready(),
        all.restarts(),
        all.reasons().stream()
            .map(each -> new WorkloadSums.Reason(each.reason(), each.pods(), each.example()))
            .toList());
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
      blind.begin(silentSince.get(), clock.instant(), book.keys()).forEach(turns::lost);
    } else if (clear && blind.isBlind()) {
      blind.end().forEach(turns::regained);
    }
  }

  @Override
  public boolean isBlind(WorkKey key) {
    return blind.isBlind() && book.find(key).isPresent();
  }

  @Override
  public Optional<Words> blind(WorkKey key) {
    return book.find(key).flatMap(blind::words);
  }

  /** Whether all that is known is told. */
  public boolean isTold() {
    return !telling && postponed.isEmpty() && !board.hasChanged();
  }

  @Override
  public Desired added(Desired desired, ObjectTree physical, Supplier<Optional<ObjectTree>> copy) {
    WorkKey key = key(desired);
    boolean hasPods = PodWatch.hasPods(desired.type().physical());
    boolean known = book.find(key).isPresent();
    Supplier<Optional<ObjectTree>> before =
        () -> known ? Optional.empty() : Optional.ofNullable(said.get(key)).or(copy);
    if (hasPods && !known && !pods.isListed()) {
      postponed.add(key);
      Optional<ObjectTree> words = before.get().map(CopyWords::of);
      words.ifPresent(these -> said.put(key, these));
      return words.map(these -> CopyWords.asBefore(desired, these)).orElse(desired);
    }
    Instant now = clock.instant();
    Optional<Tally> tally = hasPods ? tally(physical, now) : Optional.empty();
    Assessment verdict =
        assessor.assess(key, desired, physical, new Context(now, tally.map(Tally::toPods)));
    Map<String, String> annotations = new LinkedHashMap<>();
    tally.ifPresent(all -> annotations.put(SyncKeys.ROLLUP, RollupText.of(all)));
    rechecks.plan(key, now, tally, verdict.recheckAfter());
    if (!verdict.assessed() || !hasStatus(desired, physical)) {
      book.forget(key);
      return CopyWords.annotated(desired, annotations);
    }
    HealthState state = state(key, verdict, before, now);
    news.changed(key, book.find(key), state);
    book.put(key, state);
    said.remove(key);
    annotations.put(SyncKeys.HEALTH, CopyWords.health(state));
    return CopyWords.conditioned(
        CopyWords.annotated(desired, annotations), CopyWords.condition(state));
  }

  /** What only is there, such as a ConfigMap, can't do well or badly. */
  private static boolean hasStatus(Desired desired, ObjectTree physical) {
    return desired.type().physical().hasStatus() || physical.asMap().containsKey("status");
  }

  private static WorkKey key(Desired desired) {
    return new WorkKey(
        desired.physical().resource(), desired.physical().namespace(), desired.physical().name());
  }

  private Optional<Tally> tally(ObjectTree physical, Instant now) {
    return pods.isKnown()
        ? board
            .tally(physical.string("metadata.uid").orElse(""), now.getEpochSecond())
            .or(() -> Optional.of(new Tally.Counter(0).tally()))
        : Optional.empty();
  }

  private record Context(Instant now, Optional<PodRollup> pods) implements HealthContext {}

  private HealthState state(
      WorkKey key, Assessment verdict, Supplier<Optional<ObjectTree>> copy, Instant now) {
    Health health = verdict.health();
    if (blind.wasTold(key)) {
      return new HealthState(health, verdict.reason(), verdict.message(), now);
    }
    Optional<Instant> since =
        book.find(key)
            .filter(state -> state.status().equals(HealthState.status(health)))
            .map(HealthState::since)
            .or(() -> copy.get().flatMap(live -> CopyWords.since(live, health)));
    return new HealthState(health, verdict.reason(), verdict.message(), since.orElse(now));
  }

  @Override
  public Optional<Duration> early(WorkKey key, Desired desired, boolean isThere) {
    if (isThere) {
      return pace.early(key, desired);
    }
    // What can be said at once costs one write less.
    return postponed.contains(key) && pods.isStarting() ? Optional.of(SOON) : Optional.empty();
  }

  @Override
  public void written(WorkKey key, Desired desired) {
    pace.written(key, desired);
  }

  @Override
  public void changed(WorkKey key, @Nullable Finding before, Finding now) {
    if (now.verdict() == Verdict.NOT_FOUND || now.verdict() == Verdict.NOT_SELECTED) {
      book.forget(key);
      assessor.forget(key);
      news.forget(key);
      rechecks.forget(key);
      postponed.remove(key);
      said.remove(key);
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
    Set<WorkKey> due = new HashSet<>();
    WorkloadTypes now = types;
    List<PodBoard.Workload> changed = board.takeChanged();
    changed.forEach(workload -> now.key(workload).ifPresent(due::add));
    if (!changed.isEmpty()) {
      sum = board.sum(clock.instant().getEpochSecond());
    }
    if (pods.isListed()) {
      due.addAll(postponed);
      postponed.removeAll(due);
    }
    due.addAll(rechecks.takeDue(clock.instant()));
    pace.tidy();
    return due;
  }
}
