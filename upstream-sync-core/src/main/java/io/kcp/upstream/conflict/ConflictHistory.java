package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.ConflictListener;
import io.kcp.upstream.spi.ConflictRecord;
import java.util.List;

/** The newest records of one SyncTarget. Safe for use by many threads. */
public final class ConflictHistory implements AutoCloseable {
  /** Keeps at most this many, and tells the listeners of each on a thread of its own. */
  public ConflictHistory(int limit, List<ConflictListener> listeners) {}

  /** Adds records; one that says of a field what its last record said is left out. */
  public void add(List<ConflictRecord> records) {}

  /** Newest first. */
  public List<ConflictRecord> newestFirst() {
    return List.of();
  }

  /** How many records no listener has heard of, as they came too fast. */
  public long dropped() {
    return 0;
  }

  /** Keeps another number from now on. */
  public void limit(int limit) {}

  /** Ends the listeners' thread; records that wait are not told any more. */
  @Override
  public void close() {}
}
