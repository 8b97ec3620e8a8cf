package io.kcp.upstream;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.spi.Side;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What meters are told; shows no type of the library that does the metering. */
interface SyncMeters extends SyncRuntime.Meters {
  /** Measures nothing. */
  SyncMeters NONE =
      whose ->
          new Gauges() {
            @Override
            public void outcome(Finding finding) {}

            @Override
            public void conflict(ConflictRecord record) {}

            @Override
            public void request(Request request, Duration throttled, Duration took) {}

            @Override
            public void watching(String cluster) {}

            @Override
            public void lag(Duration lag) {}

            @Override
            public void avoided() {}

            @Override
            public void watch(Measured syncer) {}

            @Override
            public void close() {}
          };

  /** Whose measurements they are: the tags of each. */
  record Whose(String syncTarget, String workspace) {}

  /**
   * One kind of request: the tags of its measurements.
   *
   * @param cluster physical or workspace
   * @param verb read, create, update, patch, apply or delete
   * @param result ok, conflict, too_many, refused, failed or no_answer
   */
  record Request(String cluster, String verb, String result) {}

  /** What is asked whenever meters are read, on any thread. */
  record Measured(Objects objects, Queue queue, Mirrored mirrored, Reports reports) {}

  /**
   * How objects stand.
   *
   * @param held deletions that wait for a person
   */
  record Objects(
      Supplier<Map<Verdict, Long>> standing,
      Supplier<Map<Health, Long>> health,
      LongSupplier held) {}

  /**
   * What waits.
   *
   * @param age of the oldest change that waits, in seconds
   */
  record Queue(IntSupplier length, DoubleSupplier age) {}

  /**
   * What the mirrors hold.
   *
   * @param bytes of content that waits to be looked at
   */
  record Mirrored(ToLongFunction<Side> objects, LongSupplier bytes) {}

  /** What was reported. */
  record Reports(
      LongSupplier eventsWritten, LongSupplier eventsDropped, LongSupplier statusWrites) {}

  /** The meters of one syncer; safe for any thread. */
  interface Gauges extends AutoCloseable {
    /** A pass over an object came to this. */
    void outcome(Finding finding);

    /** A decision on a field. */
    void conflict(ConflictRecord record);

    void request(Request request, Duration throttled, Duration took);

    /** A watch of this cluster was opened. */
    void watching(String cluster);

    /** From a physical change to its write upstream. */
    void lag(Duration lag);

    /** A pass found that nothing had to be written. */
    void avoided();

    /** From now on these are read; at most once. */
    void watch(Measured syncer);

    /** Takes away what {@link #watch} began; counts of what happened stay. */
    @Override
    void close();
  }

  /** Meters of one syncer; nothing is registered yet. */
  Gauges of(Whose whose);
}
