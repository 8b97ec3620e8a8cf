package com.example.syncer;

import io.kcp.upstream.Explanation;
import io.kcp.upstream.Plan;
import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldSet;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** What the syncer knows, as rows. */
final class Reports {
  private Reports() {}

  static String plan(Plan plan, Output output) {
    return output.render(
        List.of("action", "physical", "upstream", "fields", "reason", "message"),
        plan.steps().stream()
            .map(
                step ->
                    List.of(
                        step.action().toString(),
                        step.physical().toString(),
                        Objects.toString(step.upstream(), "-"),
                        fields(step.fields()),
                        step.reason(),
                        step.message()))
            .toList());
  }

  static String conflicts(List<ConflictRecord> open, Output output) {
    return output.render(
        List.of("object", "field", "physical", "upstream", "who", "since", "state", "strategy"),
        open.stream()
            .map(
                record ->
                    List.of(
                        record.physical().toString(),
                        record.field().toString(),
                        value(record, record.physicalValue(), record.physicalChange()),
                        value(record, record.upstreamValue(), record.upstreamChange()),
                        String.join(", ", new TreeSet<>(record.otherManagers())),
                        record.time().truncatedTo(ChronoUnit.SECONDS).toString(),
                        record.outcome().toString(),
                        record.strategy()))
            .toList());
  }

  /** The value, where it may be shown, and what the side did. */
  private static String value(ConflictRecord record, Object value, Change change) {
    boolean hidden = record.physicalValue() == null && record.upstreamValue() == null;
    String shown = value != null ? value.toString() : hidden ? "?" : "-";
    return shown + " (" + change.toString().toLowerCase(Locale.ROOT) + ")";
  }

  static String explanation(Explanation explained, Output output) {
    return output.render(
        List.of("what", "is"),
        List.of(
            List.of("asked", explained.asked().toString()),
            List.of("other side", Objects.toString(explained.otherSide(), "-")),
            List.of("verdict", explained.verdict().toString()),
            List.of("reason", explained.reason()),
            List.of("message", explained.message()),
            List.of("since", Objects.toString(explained.since(), "-")),
            List.of("attempts", Integer.toString(explained.attempts())),
            List.of("next attempt", Objects.toString(explained.nextAttempt(), "-")),
            List.of("transformers", String.join(", ", explained.transformers())),
            List.of("left to upstream", fields(explained.leftToUpstream()))));
  }

  private static String fields(FieldSet fields) {
    return String.join(
        ", ",
        StreamSupport.stream(fields.spliterator(), false)
            .map(Object::toString)
            .toArray(String[]::new));
  }
}
