package io.kcp.upstream.status;

import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.mirror.MirrorSettings;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.HealthVerdict;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.PodRollup;
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
  private final Clock clock;
  private final HealthSource source;
  private final PodBoard board = new PodBoard();
  private final PodWatch pods;
  private final Pace pace;
  private final HealthBook book = new HealthBook();
  private final Map<WorkKey, Instant> rechecks = new ConcurrentHashMap<>();
  private final Set<WorkKey> postponed = ConcurrentHashMap.newKeySet();
  private volatile WorkloadTypes types = WorkloadTypes.NONE;

  /**
   * Says nothing of pods before {@link #watchFor}.
   *
   * @param coalesce the shortest time between two writes of one copy's status
   */
  public CopyReports(
      ClusterEndpoint physical, MirrorSettings settings, Duration coalesce, HealthSource source) {
    this.clock = settings.clock();
    this.source = source;
    this.pods = new PodWatch(physical, settings, board);
    this.pace = new Pace(coalesce, clock);
  }

  /** These types are synced now. */
  public void watchFor(Collection<SyncedType> synced) {
    types = WorkloadTypes.of(synced);
    pods.watchFor(synced);
  }

  public void stop() {
    pods.stop();
  }

  @Override
  public Desired added(Desired desired, ObjectTree physical, Supplier<Optional<ObjectTree>> copy) {
    WorkKey key = key(desired);
    boolean hasPods = PodWatch.hasPods(desired.type().physical());
    Optional<ObjectTree> before = book.find(key).isPresent() ? Optional.empty() : copy.get();
    if (hasPods && !pods.isListed()) {
      postponed.add(key);
      return before.map(live -> CopyWords.asBefore(desired, live)).orElse(desired);
    }
    Instant now = clock.instant();
    Optional<Tally> tally = hasPods ? tally(physical, now) : Optional.empty();
    Optional<HealthVerdict> verdict =
        source.assess(
            desired.type().resource(), physical, new Context(now, tally.map(Tally::toPods)));
    Map<String, String> annotations = new LinkedHashMap<>();
    tally.ifPresent(all -> annotations.put(SyncKeys.ROLLUP, RollupText.of(all)));
    recheck(key, now, tally, verdict);
    if (verdict.isEmpty()) {
      book.forget(key);
      return CopyWords.annotated(desired, annotations);
    }
    HealthState state = state(key, verdict.get(), before, now);
    book.put(key, state);
    annotations.put(SyncKeys.HEALTH, CopyWords.health(state));
    return CopyWords.conditioned(
        CopyWords.annotated(desired, annotations), CopyWords.condition(state));
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

  private void recheck(
      WorkKey key, Instant now, Optional<Tally> tally, Optional<HealthVerdict> verdict) {
    @Nullable Instant next =
        tally
            .filter(all -> all.lastRestart() > 0)
            .map(all -> Instant.ofEpochSecond(all.lastRestart() + Tally.LATELY_SECONDS))
            .orElse(null);
    @Nullable Duration wait = verdict.map(HealthVerdict::recheckAfter).orElse(null);
    if (wait != null && (next == null || now.plus(wait).isBefore(next))) {
      next = now.plus(wait);
    }
    if (next == null) {
      rechecks.remove(key);
    } else {
      rechecks.put(key, next);
    }
  }

  private HealthState state(
      WorkKey key, HealthVerdict verdict, Optional<ObjectTree> copy, Instant now) {
    Health health = verdict.health();
    Optional<Instant> since =
        book.find(key)
            .filter(state -> state.status().equals(HealthState.status(health)))
            .map(HealthState::since)
            .or(() -> copy.flatMap(live -> CopyWords.since(live, health)));
    return new HealthState(health, verdict.reason(), verdict.message(), since.orElse(now));
  }

  @Override
  public Optional<Duration> early(WorkKey key, Desired desired) {
    return pace.early(key, desired);
  }

  @Override
  public void written(WorkKey key, Desired desired) {
    pace.written(key, desired);
  }

  @Override
  public void changed(WorkKey key, @Nullable Finding before, Finding now) {
    if (now.verdict() == Verdict.NOT_FOUND || now.verdict() == Verdict.NOT_SELECTED) {
      book.forget(key);
      rechecks.remove(key);
      postponed.remove(key);
    }
  }

  /**
   * To be called once in a coalescing time.
   *
   * @param again told of each object of which something else is to be said now
   */
  public void tick(Consumer<WorkKey> again) {
    Set<WorkKey> due = new HashSet<>();
    WorkloadTypes now = types;
    board.takeChanged().forEach(workload -> now.key(workload).ifPresent(due::add));
    if (pods.isListed()) {
      due.addAll(postponed);
      postponed.removeAll(due);
    }
    Instant time = clock.instant();
    rechecks.forEach(
        (key, at) -> {
          if (!at.isAfter(time) && rechecks.remove(key, at)) {
            due.add(key);
          }
        });
    pace.tidy();
    due.forEach(again);
  }
}
