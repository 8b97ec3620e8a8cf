package io.kcp.upstream.sync;

import io.kcp.upstream.spi.GroupResource;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * How each selected object stands. An object that is not selected, or is on neither side, has no
 * entry. Outlives the spec generations of its SyncTarget. Thread-safe; guarded by itself.
 */
public final class Ledger {
  /**
   * One object's standing.
   *
   * @param since when its verdict came to be
   * @param attempts so many in a row failed
   * @param nextAttempt null when only a change brings it back
   */
  public record Entry(
      Finding finding, Instant since, int attempts, @Nullable Instant nextAttempt) {}

  /** Told on a worker thread when verdict or reason of an object change; must be quick. */
  public interface Listener {
    /**
     * One object stands otherwise.
     *
     * @param before null when nothing was known
     * @param now NOT_SELECTED or NOT_FOUND when the entry goes
     */
    void changed(WorkKey key, @Nullable Finding before, Finding now);
  }

  private final Clock clock;

  /** Since when those stand that are in sync, and of which nothing more is to be said. */
  private final Map<GroupResource, KeyTable> well = new HashMap<>();

  private final Map<WorkKey, Entry> others = new HashMap<>();
  private final Map<GroupResource, Map<Verdict, Long>> counts = new HashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  public Ledger(Clock clock) {
    this.clock = clock;
  }

  public void addListener(Listener listener) {
    listeners.add(listener);
  }

  /** Notes what a pass came to. */
  public void record(WorkKey key, Outcome outcome) {
    Finding now = outcome.finding();
    Finding before = swap(key, outcome);
    if (before == null ? kept(now.verdict()) : differ(before, now)) {
      listeners.forEach(listener -> listener.changed(key, before, now));
    }
  }

  private static boolean differ(Finding before, Finding now) {
    return before.verdict() != now.verdict() || !before.reason().equals(now.reason());
  }

  private synchronized @Nullable Finding swap(WorkKey key, Outcome outcome) {
    Entry old = find(key).orElse(null);
    if (old != null) {
      drop(key);
      count(key.resource(), old.finding().verdict(), -1);
    }
    if (kept(outcome.finding().verdict())) {
      Entry next = next(old, outcome);
      put(key, next);
      count(key.resource(), next.finding().verdict(), 1);
    }
    return old == null ? null : old.finding();
  }

  /** Nearly all are in sync: a number each, in place of key and entry. */
  private void put(WorkKey key, Entry entry) {
    if (entry.equals(ordinary(entry.since()))) {
      well.computeIfAbsent(key.resource(), r -> new KeyTable(1))
          .put(key, entry.since().getEpochSecond());
    } else {
      others.put(key, entry);
    }
  }

  private void drop(WorkKey key) {
    KeyTable ofResource = well.get(key.resource());
    if (others.remove(key) == null && ofResource != null) {
      ofResource.remove(key);
    }
  }

  private static Entry ordinary(Instant since) {
    return new Entry(Finding.SYNCED, Instant.ofEpochSecond(since.getEpochSecond()), 0, null);
  }

  private Entry next(@Nullable Entry old, Outcome outcome) {
    Finding finding = outcome.finding();
    Instant now = clock.instant();
    boolean same = old != null && old.finding().verdict() == finding.verdict();
    Instant since = old != null && same ? old.since() : now.truncatedTo(ChronoUnit.SECONDS);
    boolean failed = finding.verdict() == Verdict.FAILED || outcome instanceof Outcome.Retry;
    int attempts = !failed ? 0 : old == null ? 1 : old.attempts() + 1;
    Instant again = outcome instanceof Outcome.RetryAfter later ? now.plus(later.delay()) : null;
    return new Entry(finding, since, attempts, again);
  }

  /** Whoever queues a key again says for when; an unknown key is passed over. */
  public synchronized void nextAttempt(WorkKey key, Instant at) {
    find(key)
        .ifPresent(
            old -> {
              drop(key);
              put(key, new Entry(old.finding(), old.since(), old.attempts(), at));
            });
  }

  public synchronized Optional<Entry> find(WorkKey key) {
    Entry other = others.get(key);
    return other != null
        ? Optional.of(other)
        : Optional.ofNullable(well.get(key.resource()))
            .flatMap(table -> table.get(key))
            .map(numbers -> ordinary(Instant.ofEpochSecond(numbers[0])));
  }

  /** How many objects stand at each verdict; verdicts without any are left out. */
  public synchronized Map<Verdict, Long> counts() {
    Map<Verdict, Long> all = new EnumMap<>(Verdict.class);
    counts.values().forEach(each -> each.forEach((verdict, n) -> all.merge(verdict, n, Long::sum)));
    return all;
  }

  /** The same for one resource. */
  public synchronized Map<Verdict, Long> counts(GroupResource resource) {
    return new EnumMap<>(counts.getOrDefault(resource, new EnumMap<>(Verdict.class)));
  }

  /**
   * At most {@code limit} objects that stand at one of these verdicts, in no order. Those that are
   * in sync, and of which nothing more is to be said, are never among them.
   */
  public synchronized List<Map.Entry<WorkKey, Entry>> examples(Set<Verdict> of, int limit) {
    List<Map.Entry<WorkKey, Entry>> found = new ArrayList<>();
    for (Map.Entry<WorkKey, Entry> each : others.entrySet()) {
      if (found.size() == limit) {
        break;
      }
      if (of.contains(each.getValue().finding().verdict())) {
        found.add(Map.entry(each.getKey(), each.getValue()));
      }
    }
    return found;
  }

  /** The resource is no longer synced: nothing stands any more. */
  public synchronized void forget(GroupResource resource) {
    others.keySet().removeIf(key -> key.resource().equals(resource));
    well.remove(resource);
    counts.remove(resource);
  }

  private void count(GroupResource resource, Verdict verdict, long change) {
    Map<Verdict, Long> of = counts.computeIfAbsent(resource, r -> new EnumMap<>(Verdict.class));
    long sum = of.getOrDefault(verdict, 0L) + change;
    if (sum == 0) {
      of.remove(verdict);
    } else {
      of.put(verdict, sum);
    }
  }

  private static boolean kept(Verdict verdict) {
    return verdict != Verdict.NOT_SELECTED && verdict != Verdict.NOT_FOUND;
  }
}
