package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.ConflictListener;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The newest records of one SyncTarget. Safe for use by many threads (guarded by this; listeners
 * are told outside).
 */
public final class ConflictHistory implements AutoCloseable {
  private static final int LAST_KNOWN = 10_000;

  private record Field(ObjectKey physical, FieldPath path) {}

  private final Deque<ConflictRecord> newestFirst = new ArrayDeque<>();
  private final RecordsByObject byObject = new RecordsByObject();
  private final Map<Field, Integer> lastSaid = new LastUsed<>(LAST_KNOWN);
  private final Map<Field, ConflictRecord> restored = new HashMap<>();
  private final ListenerThread listeners;
  private int limit;

  /** Keeps at most this many, and tells the listeners of each on a thread of its own. */
  public ConflictHistory(int limit, List<ConflictListener> listeners) {
    this.limit = limit;
    this.listeners = new ListenerThread(listeners);
  }

  /** Adds records; one that wrote nothing and says what the field's last one said is left out. */
  public void add(List<ConflictRecord> records) {
    List<ConflictRecord> news = new ArrayList<>();
    synchronized (this) {
      for (ConflictRecord record : records) {
        if (isNews(record)) {
          news.add(record);
          newestFirst.addFirst(record);
          byObject.addNewest(record);
        }
      }
      shorten();
    }
    news.forEach(listeners::tell);
  }

  /**
   * Takes up what an earlier process remembered, newest first. Whatever of it is still open and
   * comes again is no news: it gets its values, and keeps its time.
   */
  public synchronized void restore(List<ConflictRecord> records) {
    for (ConflictRecord record : records) {
      newestFirst.addLast(record);
      byObject.addOldest(record);
      restored.putIfAbsent(new Field(record.physical(), record.field()), record);
    }
    shorten();
  }

  private boolean isRestored(ConflictRecord record) {
    ConflictRecord before = restored.remove(new Field(record.physical(), record.field()));
    boolean same =
        before != null
            && before.outcome() == record.outcome()
            && before.strategy().equals(record.strategy())
            && before.decidedBy().equals(record.decidedBy())
            && before.physicalChange() == record.physicalChange()
            && before.upstreamChange() == record.upstreamChange()
            && before.otherManagers().equals(record.otherManagers());
    if (before == null || !same || wrote(record)) {
      return false;
    }
    ConflictRecord whole = Records.at(before.time(), record);
    List<ConflictRecord> all = new ArrayList<>(newestFirst);
    all.replaceAll(each -> each.equals(before) ? whole : each);
    newestFirst.clear();
    newestFirst.addAll(all);
    byObject.replace(before, whole);
    return true;
  }

  private static boolean wrote(ConflictRecord record) {
    return record.outcome() == ConflictRecord.Outcome.TOOK_PHYSICAL
        || record.outcome() == ConflictRecord.Outcome.USED_VALUE;
  }

  private boolean isNews(ConflictRecord record) {
    int says =
        Objects.hash(
            record.physicalChange(),
            record.upstreamChange(),
            record.physicalValue(),
            record.upstreamValue(),
            record.otherManagers(),
            record.outcome(),
            record.strategy(),
            record.decidedBy(),
            record.reason());
    Integer before = lastSaid.put(new Field(record.physical(), record.field()), says);
    return !isRestored(record) && (wrote(record) || before == null || before != says);
  }

  private void shorten() {
    if (limit == 0) {
      byObject.clear();
    }
    while (newestFirst.size() > limit) {
      newestFirst.removeLast();
    }
  }

  /** Newest first. */
  public synchronized List<ConflictRecord> newestFirst() {
    return List.copyOf(newestFirst);
  }

  /** Newest first, by its physical key: a few of each object, whatever others had since. */
  public synchronized List<ConflictRecord> of(ObjectKey physical) {
    return byObject.of(physical);
  }

  /** How many records no listener has heard of, as they came too fast. */
  public long dropped() {
    return listeners.dropped();
  }

  /** Keeps another number from now on. */
  public synchronized void limit(int limit) {
    this.limit = limit;
    shorten();
  }

  /** Ends the listeners' thread; records that wait are not told any more. */
  @Override
  public void close() {
    listeners.close();
  }
}
