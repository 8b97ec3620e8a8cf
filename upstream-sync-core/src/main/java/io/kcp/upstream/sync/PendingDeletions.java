package io.kcp.upstream.sync;

import com.google.common.hash.Hashing;
import io.kcp.upstream.spi.GroupResource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The deletions of one resource: gathered, held, released and done. Guarded by the budget. */
final class PendingDeletions {
  private static final int EXAMPLES = 5;

  private final Set<WorkKey> gathered = new HashSet<>();
  private final Set<WorkKey> held =
      new TreeSet<>(Comparator.comparing(WorkKey::namespace).thenComparing(WorkKey::name));
  private final Set<WorkKey> released = new HashSet<>();
  private final Deque<Instant> done = new ArrayDeque<>();
  private Instant lastArrival = Instant.MIN;
  private Instant heldSince = Instant.MIN;

  DeletionBudget.Answer ask(WorkKey key, DeletionBudget.Limit limit, Instant now, Duration quiet) {
    if (released.contains(key)) {
      return DeletionBudget.Answer.GRANTED;
    }
    if (!held.isEmpty()) {
      held.add(key);
      return DeletionBudget.Answer.HELD;
    }
    if (gathered.add(key)) {
      lastArrival = now;
    }
    forgetBefore(now.minus(limit.window()));
    if (done.size() + Math.max(gathered.size(), limit.known()) > limit.most()) {
      holdAll(now);
      return DeletionBudget.Answer.HELD;
    }
    return now.isBefore(lastArrival.plus(quiet))
        ? DeletionBudget.Answer.GATHERING
        : DeletionBudget.Answer.GRANTED;
  }

  private void forgetBefore(Instant start) {
    while (!done.isEmpty() && done.peekFirst().isBefore(start)) {
      done.removeFirst();
    }
  }

  private void holdAll(Instant now) {
    held.addAll(gathered);
    gathered.clear();
    heldSince = now;
  }

  void deleted(WorkKey key, Instant now) {
    // What a person released is not charged to what may go without one.
    if (!released.remove(key)) {
      done.addLast(now);
    }
    gathered.remove(key);
  }

  void kept(WorkKey key) {
    gathered.remove(key);
    held.remove(key);
    released.remove(key);
  }

  /** Frees what is held if the hold has one of these ids; returns what became free. */
  Set<WorkKey> release(Set<String> ids) {
    if (held.isEmpty() || ids.isEmpty() || !ids.contains(id())) {
      return Set.of();
    }
    Set<WorkKey> free = Set.copyOf(held);
    released.addAll(free);
    held.clear();
    return free;
  }

  Optional<Hold> hold(GroupResource resource) {
    if (held.isEmpty()) {
      return Optional.empty();
    }
    List<WorkKey> examples = held.stream().limit(EXAMPLES).toList();
    return Optional.of(new Hold(id(), resource, heldSince, held.size(), examples));
  }

  private String id() {
    StringBuilder keys = new StringBuilder();
    held.forEach(
        key ->
            keys.append(key.resource())
                .append('/')
                .append(key.namespace())
                .append('/')
                .append(key.name())
                .append('\n'));
    return Hashing.sha256().hashString(keys, StandardCharsets.UTF_8).toString().substring(0, 12);
  }
}
