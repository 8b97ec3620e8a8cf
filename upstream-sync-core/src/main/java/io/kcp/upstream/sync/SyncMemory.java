package io.kcp.upstream.sync;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What a syncer knows of its objects beyond the mirrors. Outlives the spec generations of its
 * SyncTarget; all of it can be lost without harm. Safe for any thread.
 */
public final class SyncMemory {
  private static final Duration QUIET = Duration.ofMillis(300);

  private final Ledger ledger;
  private final DeletionBudget deletions;
  private final UidMap uids;
  private final Restoring restoring;
  private final Pairs pairs = new Pairs();
  private final OpenConflicts open = new OpenConflicts();
  private final LostAnswers lostAnswers = new LostAnswers();
  private final Written written;
  private final Set<WorkKey> reconsidered = ConcurrentHashMap.newKeySet();

  /**
   * Knows nothing yet.
   *
   * @param queue told of keys that have to be looked at again; called on worker threads
   */
  public SyncMemory(Clock clock, Consumer<WorkKey> queue) {
    this(clock, queue, QUIET);
  }

  /**
   * Knows nothing yet.
   *
   * @param quiet deletions begin when no more have come for so long
   */
  public SyncMemory(Clock clock, Consumer<WorkKey> queue, Duration quiet) {
    ledger = new Ledger(clock);
    ledger.addListener(open);
    written = new Written(clock);
    deletions = new DeletionBudget(clock, quiet, keys -> keys.forEach(queue));
    restoring = new Restoring(clock);
    uids =
        new UidMap(
            key -> {
              reconsider(key);
              queue.accept(key);
            });
  }

  public Ledger ledger() {
    return ledger;
  }

  /** Fields that wait for a decision. */
  public OpenConflicts open() {
    return open;
  }

  public DeletionBudget deletions() {
    return deletions;
  }

  Restoring restoring() {
    return restoring;
  }

  UidMap uids() {
    return uids;
  }

  LostAnswers lostAnswers() {
    return lostAnswers;
  }

  Pairs pairs() {
    return pairs;
  }

  Written written() {
    return written;
  }

  /** The next pass over this key does not trust what was computed of its physical object. */
  void reconsider(WorkKey key) {
    reconsidered.add(key);
  }

  /** Whether that was asked for; asking takes it back. */
  boolean takeReconsidered(WorkKey key) {
    return reconsidered.remove(key);
  }

  /** Neither side has it any more. */
  void forget(WorkKey key) {
    written.forget(key);
    boolean known = pairs.forget(key) || ledger.find(key).isPresent();
    if (known) { // costly, and there may be any number of objects that were never selected
      uids.forget(key);
    }
    deletions.kept(key);
    reconsidered.remove(key);
    lostAnswers.forget(key);
  }
}
