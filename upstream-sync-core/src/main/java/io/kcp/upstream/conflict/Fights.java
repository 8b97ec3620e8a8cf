package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often a strategy wrote a field over what somebody else had written. One that would be
 * written once more after too many writes in a window is held: nothing is written to it for a
 * window, then one write tries; if that is written over as well the field is held for twice as
 * long, and so on. Another strategy begins anew. Safe for use by many threads (guarded by this).
 */
public final class Fights {
  private static final int SWEEP_AT = 1_000;
  private static final int MOST_DOUBLINGS = 5;

  /** A field, and who writes it. */
  record Field(ObjectKey object, FieldPath path, String strategy) {}

  private static final class Fight {
    private final Deque<Instant> writes = new ArrayDeque<>();
    private @Nullable Instant heldUntil;
    private int holds;
  }

  private final int rewrites;
  private final Duration window;
  private final Clock clock;
  private final Map<ObjectKey, Map<Field, Fight>> fights = new HashMap<>();
  private int sweepAt = SWEEP_AT;

  /** Holds a field after this many writes within the window. */
  public Fights(int rewrites, Duration window, Clock clock) {
    this.rewrites = rewrites;
    this.window = window;
    this.clock = clock;
  }

  /**
   * Goes on holding what an earlier process held last, for a window from when it said so; then one
   * write tries, as ever.
   *
   * @param newestFirst what is remembered of that process
   */
  public synchronized void takeUp(List<ConflictRecord> newestFirst) {
    Set<List<Object>> seen = new HashSet<>();
    for (ConflictRecord record : newestFirst) {
      boolean last = seen.add(List.of(record.physical(), record.field()));
      if (last && record.outcome() == ConflictRecord.Outcome.HELD) {
        Fight fight = new Fight();
        fight.heldUntil = record.time().plus(window);
        fight.holds = 1;
        made(record.physical())
            .put(new Field(record.physical(), record.field(), record.strategy()), fight);
      }
    }
  }

  /** Asked before a write: when the field may be written again; empty when it may be now. */
  synchronized Optional<Instant> heldUntil(Field field) {
    Fight fight = of(field.object()).get(field);
    if (fight == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (fight.heldUntil != null && now.isBefore(fight.heldUntil)) {
      return Optional.of(fight.heldUntil);
    }
    if (fight.heldUntil != null) {
      fight.heldUntil = null;
      fight.writes.clear(); // one write may try
      return Optional.empty();
    }
    while (!fight.writes.isEmpty() && !now.isBefore(fight.writes.getFirst().plus(window))) {
      fight.writes.removeFirst();
    }
    if (fight.writes.isEmpty()) {
      fight.holds = 0;
    }
    if (fight.writes.size() < (fight.holds == 0 ? rewrites : 1)) {
      return Optional.empty();
    }
    fight.heldUntil = now.plus(window.multipliedBy(1L << Math.min(fight.holds, MOST_DOUBLINGS)));
    fight.holds++;
    return Optional.of(fight.heldUntil);
  }

  /** Notes that the field was written over somebody's value. */
  synchronized void wrote(Field field) {
    Fight fight = made(field.object()).computeIfAbsent(field, f -> new Fight());
    fight.writes.addLast(clock.instant());
    if (fight.writes.size() > rewrites) {
      fight.writes.removeFirst();
    }
    if (fights.size() >= sweepAt) {
      sweep();
    }
  }

  /** Both sides agree on all fields of the object but these: what was held of it is free. */
  synchronized void onlyAskedAbout(ObjectKey object, Predicate<FieldPath> asked) {
    of(object)
        .entrySet()
        .removeIf(each -> each.getValue().heldUntil != null && !asked.test(each.getKey().path()));
  }

  /** A person decided on the field: what was fought over it is forgotten. */
  synchronized void decided(ObjectKey object, FieldPath path) {
    of(object).keySet().removeIf(each -> each.path().equals(path));
  }

  /** How many fields are remembered. */
  synchronized int size() {
    return fights.values().stream().mapToInt(Map::size).sum();
  }

  /** Of one object, so that the cost of a look does not grow with the others'. */
  private Map<Field, Fight> of(ObjectKey object) {
    return fights.getOrDefault(object, new HashMap<>());
  }

  private Map<Field, Fight> made(ObjectKey object) {
    return fights.computeIfAbsent(object, o -> new HashMap<>());
  }

  private void sweep() {
    Instant now = clock.instant();
    fights.values().forEach(each -> each.values().removeIf(fight -> isOver(fight, now)));
    fights.values().removeIf(Map::isEmpty);
    sweepAt = Math.max(SWEEP_AT, 2 * fights.size());
  }

  private boolean isOver(Fight fight, Instant now) {
    Instant end = fight.writes.isEmpty() ? Instant.MIN : fight.writes.getLast();
    Instant held = fight.heldUntil == null ? end : fight.heldUntil;
    return held.isBefore(now.minus(window));
  }
}
