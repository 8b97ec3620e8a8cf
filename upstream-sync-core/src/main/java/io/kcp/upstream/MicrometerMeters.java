package io.kcp.upstream;

import com.google.common.base.Ascii;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Meters in a Micrometer registry, for {@link SyncRuntime.Builder#meters}. Their names begin with
 * {@code upstream.sync.}; each is tagged {@code syncTarget} and {@code workspace}. The only type
 * that needs Micrometer, which is an optional dependency.
 */
public final class MicrometerMeters {
  private MicrometerMeters() {}

  /**
   * Meters for one runtime. The registry stays the caller's: gauges of a syncer that stops are
   * taken out of it, what was counted stays.
   */
  public static SyncRuntime.Meters of(MeterRegistry registry) {
    return (SyncMeters) whose -> new Registered(registry, whose);
  }

  private static final class Registered implements SyncMeters.Gauges {
    private static final Set<Verdict> STANDING =
        EnumSet.complementOf(EnumSet.of(Verdict.NOT_SELECTED, Verdict.NOT_FOUND));

    /** Reasons are few words; should a server or a plug-in make many, the rest is one. */
    private static final int REASONS = 100;

    private static final String OTHER = "Other";

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<Outcome, Counter> outcomes = new ConcurrentHashMap<>();

    // Guarded by this.
    private final List<Meter> watched = new ArrayList<>();

    private record Outcome(Verdict verdict, String reason) {}

    Registered(MeterRegistry registry, SyncMeters.Whose whose) {
      this.registry = registry;
      this.tags = Tags.of("syncTarget", whose.syncTarget(), "workspace", whose.workspace());
    }

    @Override
    public void outcome(Finding finding) {
      Outcome outcome = new Outcome(finding.verdict(), finding.reason());
      if (outcomes.size() >= REASONS && !outcomes.containsKey(outcome)) {
        outcome = new Outcome(finding.verdict(), OTHER);
      }
      outcomes.computeIfAbsent(outcome, this::counter).increment();
    }

    private Counter counter(Outcome outcome) {
      return Counter.builder("upstream.sync.outcomes")
          .description("Passes over an object, by what they came to")
          .tags(tags.and("verdict", name(outcome.verdict()), "reason", outcome.reason()))
          .register(registry);
    }

    @Override
    public void conflict(ConflictRecord.Outcome outcome) {
      Counter.builder("upstream.sync.conflicts")
          .description("Fields on which both sides differed, by what was decided")
          .tags(tags.and("outcome", name(outcome)))
          .register(registry)
          .increment();
    }

    @Override
    public synchronized void watch(SyncMeters.Measured syncer) {
      for (Verdict verdict : STANDING) {
        watched.add(
            Gauge.builder("upstream.sync.objects", () -> standing(syncer, verdict))
                .description("Selected objects, by how they stand")
                .tags(tags.and("verdict", name(verdict)))
                .register(registry));
      }
      watched.add(
          Gauge.builder("upstream.sync.queue.length", () -> syncer.queue().getAsInt())
              .description("Objects that wait to be looked at")
              .tags(tags)
              .register(registry));
      count("upstream.sync.events.written", "Writes of Events", syncer.eventsWritten());
      count("upstream.sync.events.dropped", "Events given up", syncer.eventsDropped());
      count("upstream.sync.status.writes", "Writes of SyncTarget status", syncer.statusWrites());
    }

    private static long standing(SyncMeters.Measured syncer, Verdict verdict) {
      return syncer.objects().get().getOrDefault(verdict, 0L);
    }

    private void count(String name, String what, LongSupplier count) {
      watched.add(
          FunctionCounter.builder(name, count, LongSupplier::getAsLong)
              .description(what)
              .tags(tags)
              .register(registry));
    }

    private static String name(Enum<?> constant) {
      return Ascii.toLowerCase(constant.name());
    }

    @Override
    public synchronized void close() {
      watched.forEach(registry::remove);
      watched.clear();
    }
  }
}
