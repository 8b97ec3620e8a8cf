package io.kcp.upstream.status;

import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorSettings;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.sync.WorkKey;
import io.kcp.upstream.wire.ClusterEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The pods of the workloads that are synced, counted. Safe for any thread. */
final class WorkloadPods {
  private final Clock clock;
  private final PodBoard board = new PodBoard();
  private final PodWatch watch;
  private volatile Tally sum;
  private volatile WorkloadTypes types = WorkloadTypes.NONE;

  /**
   * Watches nothing before {@link #watchFor}.
   *
   * @param scheduleWindow for how long a pod may go without a node
   * @param listed told when pods may be known now
   */
  WorkloadPods(
      ClusterEndpoint physical, MirrorSettings settings, Duration scheduleWindow, Runnable listed) {
    this.clock = settings.clock();
    this.watch = new PodWatch(physical, settings, board, new PodReader(scheduleWindow), listed);
    this.sum = board.sum(0);
  }

  void watchFor(Collection<SyncedType> synced) {
    types = WorkloadTypes.of(synced);
    watch.watchFor(synced);
  }

  void stop() {
    watch.stop();
  }

  Collection<Mirror> mirrors() {
    return watch.mirrors();
  }

  boolean isStarting() {
    return watch.isStarting();
  }

  boolean isKnown() {
    return watch.isKnown();
  }

  boolean isListed() {
    return watch.isListed();
  }

  boolean isSettled() {
    return watch.isSettled();
  }

  Optional<String> trouble() {
    return watch.trouble();
  }

  /** Of one workload; empty while pods are not known. */
  Optional<Tally> tally(ObjectTree workload) {
    return watch.isKnown()
        ? board
            .tally(workload.string("metadata.uid").orElse(""), seconds())
            .or(() -> Optional.of(new Tally.Counter(0).tally()))
        : Optional.empty();
  }

  /** Of all that there are, as of the last {@link #takeChanged}; empty while not known. */
  Optional<Tally> sum() {
    return watch.isKnown() ? Optional.of(sum) : Optional.empty();
  }

  /** Whether there is something to take. */
  boolean hasChanged() {
    return board.hasChanged();
  }

  /** The workloads whose pods changed since this was asked last; called by one at a time. */
  Set<WorkKey> takeChanged() {
    Set<WorkKey> keys = new HashSet<>();
    WorkloadTypes now = types;
    List<PodBoard.Workload> changed = board.takeChanged();
    changed.forEach(workload -> now.key(workload).ifPresent(keys::add));
    if (!changed.isEmpty() || sum.isOld(seconds())) {
      sum = board.sum(seconds());
    }
    return keys;
  }

  private long seconds() {
    return clock.instant().getEpochSecond();
  }
}
