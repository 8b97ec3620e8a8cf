package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ObjectKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The newest records of each object, so that a noisy one does not push out what is known of the
 * others; objects that had no record for the longest time are forgotten first. Not safe for use by
 * many threads.
 */
final class RecordsByObject {
  private static final int OBJECTS = 500;
  private static final int EACH = 10;

  private final Map<ObjectKey, Deque<ConflictRecord>> newestFirst = new LastUsed<>(OBJECTS);

  void addNewest(ConflictRecord record) {
    Deque<ConflictRecord> ring = ring(record);
    ring.addFirst(record);
    if (ring.size() > EACH) {
      ring.removeLast();
    }
  }

  void addOldest(ConflictRecord record) {
    Deque<ConflictRecord> ring = ring(record);
    if (ring.size() < EACH) {
      ring.addLast(record);
    }
  }

  private Deque<ConflictRecord> ring(ConflictRecord record) {
    return newestFirst.computeIfAbsent(record.physical(), key -> new ArrayDeque<>());
  }

  void replace(ConflictRecord before, ConflictRecord by) {
    Deque<ConflictRecord> ring = newestFirst.get(before.physical());
    if (ring != null) {
      List<ConflictRecord> all =
          ring.stream().map(each -> each.equals(before) ? by : each).toList();
      ring.clear();
      ring.addAll(all);
    }
  }

  List<ConflictRecord> of(ObjectKey physical) {
    Deque<ConflictRecord> ring = newestFirst.get(physical);
    return ring == null ? List.of() : List.copyOf(ring);
  }

  void clear() {
    newestFirst.clear();
  }
}
