package io.kcp.upstream;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Verdict;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What meters are told; shows no type of the library that does the metering. */
interface SyncMeters extends SyncRuntime.Meters {
  /** Measures nothing. */
  SyncMeters NONE =
      whose ->
          new Gauges() {
            @Override
            public void outcome(Finding finding) {}

            @Override
            public void conflict(ConflictRecord.Outcome outcome) {}

            @Override
            public void watch(Measured syncer) {}

            @Override
            public void close() {}
          };

  /** Whose measurements they are: the tags of each. */
  record Whose(String syncTarget, String workspace) {}

  /** What is asked whenever meters are read, on any thread. */
  record Measured(
      Supplier<Map<Verdict, Long>> objects,
      IntSupplier queue,
      LongSupplier eventsWritten,
      LongSupplier eventsDropped,
      LongSupplier statusWrites) {}

  /** The meters of one syncer; safe for any thread. */
  interface Gauges extends AutoCloseable {
    /** A pass over an object came to this. */
    void outcome(Finding finding);

    void conflict(ConflictRecord.Outcome outcome);

    /** From now on these are read; at most once. */
    void watch(Measured syncer);

    /** Takes away what {@link #watch} began; counts of what happened stay. */
    @Override
    void close();
  }

  /** Meters of one syncer; nothing is registered yet. */
  Gauges of(Whose whose);
}
