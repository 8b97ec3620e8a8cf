package io.kcp.upstream.sync;

import io.kcp.upstream.conflict.Resolution;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields on which nobody has decided yet, or that are fought over. Safe for any thread (guarded
 * by this).
 */
public final class OpenConflicts implements Ledger.Listener {
  private static final int NAMED = 3;
  private static final int NAMED_OF_ONE = 2;

  /**
   * How many there are, and where to look first.
   *
   * @param unresolved fields that wait for a decision
   * @param fights fields that are held as they are fought over
   * @param worst objects and fields: fights first, then what is open for longest
   */
  public record Sum(long unresolved, long fights, List<String> worst) {
    public Sum {
      worst = List.copyOf(worst);
    }
  }

  private record Open(Instant since, long unresolved, long fights, List<FieldPath> some) {}

  private static final Comparator<Map.Entry<WorkKey, Open>> WORST_FIRST =
      Comparator.<Map.Entry<WorkKey, Open>>comparingLong(each -> -each.getValue().fights())
          .thenComparing(each -> each.getValue().since())
          .thenComparing(each -> each.getKey().toString());

  private final Map<WorkKey, Open> objects = new HashMap<>();

  /** What a pass came to. */
  synchronized void put(WorkKey key, Resolution resolution) {
    List<FieldPath> some = new ArrayList<>();
    long unresolved = 0;
    long fights = 0;
    Instant since = Instant.MAX;
    for (ConflictRecord record : resolution.records()) {
      boolean held = record.outcome() == ConflictRecord.Outcome.HELD;
      if (held || record.outcome() == ConflictRecord.Outcome.UNRESOLVED) {
        fights += held ? 1 : 0;
        unresolved += held ? 0 : 1;
        since = record.time();
        if (some.size() < NAMED_OF_ONE) {
          some.add(record.field());
        }
      }
    }
    Open before = objects.remove(key);
    if (!some.isEmpty()) {
      objects.put(key, new Open(before == null ? since : before.since(), unresolved, fights, some));
    }
  }

  @Override
  public synchronized void changed(WorkKey key, @Nullable Finding before, Finding now) {
    if (now.verdict() != Verdict.CONFLICTING) {
      objects.remove(key);
    }
  }

  /** How things stand. */
  public synchronized Sum sum() {
    long unresolved = objects.values().stream().mapToLong(Open::unresolved).sum();
    long fights = objects.values().stream().mapToLong(Open::fights).sum();
    List<String> worst =
        objects.entrySet().stream()
            .sorted(WORST_FIRST)
            .limit(NAMED)
            .map(each -> each.getKey() + " " + joined(each.getValue().some()))
            .toList();
    return new Sum(unresolved, fights, worst);
  }

  private static String joined(List<FieldPath> fields) {
    return String.join(", ", fields.stream().map(FieldPath::toString).toList());
  }
}
