package io.kcp.upstream;

import com.google.common.base.Ascii;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.spi.Side;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

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

    private static final Duration[] BUCKETS =
        Stream.of(5, 20, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

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
    public void conflict(ConflictRecord record) {
      Counter.builder("upstream.sync.conflicts")
          .description("Fields on which both sides differed, by what was decided")
          .tags(
              tags.and(
                  "resource",
                  record.physical().resource().toString(),
                  "strategy",
                  record.strategy(),
                  "outcome",
                  name(record.outcome())))
          .register(registry)
          .increment();
    }

    @Override
    public void request(SyncMeters.Request request, Duration throttled, Duration took) {
      Tags of = tags.and("cluster", request.cluster());
      timer("upstream.sync.requests", "Requests, by what came of them, and how long each took")
          .tags(of.and("verb", request.verb(), "result", request.result()))
          .register(registry)
          .record(took);
      timer("upstream.sync.throttled", "How long requests waited for their turn")
          .tags(of)
          .register(registry)
          .record(throttled);
    }

    /** With few buckets, and always the same ones. */
    private static Timer.Builder timer(String name, String what) {
      return Timer.builder(name).description(what).serviceLevelObjectives(BUCKETS);
    }

    @Override
    public void watching(String cluster) {
      counted("upstream.sync.watches", "Watches opened", tags.and("cluster", cluster)).increment();
    }

    @Override
    public void lag(Duration lag) {
      timer("upstream.sync.lag", "From a physical change to its write upstream")
          .tags(tags)
          .register(registry)
          .record(lag);
    }

    @Override
    public void avoided() {
      counted("upstream.sync.writes.avoided", "Passes that found nothing to write", tags)
          .increment();
    }

    private Counter counted(String name, String what, Tags of) {
      return Counter.builder(name).description(what).tags(of).register(registry);
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
      for (Health health : Health.values()) {
        gauge(
            "upstream.sync.health",
            "Objects that have a health, by it",
            tags.and("health", name(health)),
            () -> syncer.objects().health().get().getOrDefault(health, 0L));
      }
      gauge(
          "upstream.sync.deletions.held",
          "Deletions that wait for a person",
          tags,
          () -> syncer.objects().held().getAsLong());
      gauge(
          "upstream.sync.queue.length",
          "Objects that wait to be looked at",
          tags,
          () -> syncer.queue().length().getAsInt());
      gauge(
          "upstream.sync.queue.age",
          "How long the oldest change waits, in seconds",
          tags,
          () -> syncer.queue().age().getAsDouble());
      mirrored(syncer.mirrored());
      reports(syncer.reports());
    }

    private void mirrored(SyncMeters.Mirrored mirrored) {
      for (Side side : Side.values()) {
        gauge(
            "upstream.sync.mirrored.objects",
            "Objects that are watched",
            tags.and("cluster", side == Side.PHYSICAL ? "physical" : "workspace"),
            () -> mirrored.objects().applyAsLong(side));
      }
      gauge(
          "upstream.sync.mirrored.bytes",
          "Content that waits to be looked at",
          tags,
          () -> mirrored.bytes().getAsLong());
    }

    private void reports(SyncMeters.Reports reports) {
      count("upstream.sync.events.written", "Writes of Events", reports.eventsWritten());
      count("upstream.sync.events.dropped", "Events given up", reports.eventsDropped());
      count("upstream.sync.status.writes", "Writes of SyncTarget status", reports.statusWrites());
    }

    private void gauge(String name, String what, Tags of, Supplier<Number> value) {
      watched.add(Gauge.builder(name, value).description(what).tags(of).register(registry));
    }

    private static long standing(SyncMeters.Measured syncer, Verdict verdict) {
      return syncer.objects().standing().get().getOrDefault(verdict, 0L);
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
