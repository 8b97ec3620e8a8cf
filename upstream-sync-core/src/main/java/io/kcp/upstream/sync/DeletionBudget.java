package io.kcp.upstream.sync;

import com.google.common.base.Splitter;
import io.kcp.upstream.spi.GroupResource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How many copies of one resource may be deleted within a window. Deletions are gathered until no
 * more come for a moment; if there are too many of them by then, none is carried out and all are
 * held. Outlives the spec generations of its SyncTarget. Thread-safe; guarded by itself.
 */
public final class DeletionBudget {
  /** What is said to who wants to delete. */
  enum Answer {
    /** More may come: ask again in a moment. */
    GATHERING,
    GRANTED,
    HELD
  }

  /**
   * @param most deletions of the resource within the window
   * @param known that want to be deleted as far as the mirrors tell, asked for or not
   */
  record Limit(int most, Duration window, int known) {}

  private static final Splitter IDS = Splitter.on(',').trimResults().omitEmptyStrings();

  private final Clock clock;
  private final Duration quiet;
  private final Consumer<Set<WorkKey>> released;
  private final Map<GroupResource, PendingDeletions> resources = new HashMap<>();
  private Set<String> release = Set.of();
  private boolean complete;

  /**
   * Nothing was deleted yet.
   *
   * @param quiet so long nothing more may have come before the first deletion
   * @param released told of the keys that a person released; not called under a lock
   */
  public DeletionBudget(Clock clock, Duration quiet, Consumer<Set<WorkKey>> released) {
    this.clock = clock;
    this.quiet = quiet;
    this.released = released;
  }

  Answer ask(WorkKey key, Limit limit) {
    Answer answer;
    Set<WorkKey> free;
    synchronized (this) {
      PendingDeletions pending =
          resources.computeIfAbsent(key.resource(), r -> new PendingDeletions());
      answer = pending.ask(key, limit, clock.instant(), complete ? Duration.ZERO : quiet);
      free = pending.release(release);
    }
    if (!free.isEmpty()) {
      released.accept(free);
    }
    return free.contains(key) ? Answer.GATHERING : answer;
  }

  /** It was deleted. */
  synchronized void deleted(WorkKey key) {
    PendingDeletions pending = resources.get(key.resource());
    if (pending != null) {
      pending.deleted(key, clock.instant());
    }
  }

  /** It is not to be deleted, or no longer. */
  synchronized void kept(WorkKey key) {
    PendingDeletions pending = resources.get(key.resource());
    if (pending != null) {
      pending.kept(key);
    }
  }

  /**
   * A person released the holds of these ids. Holds, also those found again after a restart, end as
   * soon as their id is one of them.
   *
   * @param ids divided by commas; "" for none
   */
  public void release(String ids) {
    List<Set<WorkKey>> free = new ArrayList<>();
    synchronized (this) {
      release = new HashSet<>(IDS.splitToList(ids));
      resources.values().forEach(pending -> free.add(pending.release(release)));
    }
    free.stream().filter(keys -> !keys.isEmpty()).forEach(released);
  }

  /** The holds that wait for a person now. */
  public synchronized List<Hold> holds() {
    List<Hold> holds = new ArrayList<>();
    resources.forEach((resource, pending) -> pending.hold(resource).ifPresent(holds::add));
    return holds;
  }

  /** All that there are have been asked for: nobody has to wait for more. */
  synchronized void allGathered() {
    complete = true;
  }

  Duration quiet() {
    return quiet;
  }
}
