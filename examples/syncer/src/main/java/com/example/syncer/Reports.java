package com.example.syncer;

import io.kcp.upstream.Explanation;
import io.kcp.upstream.Plan;
import io.kcp.upstream.spi.FieldSet;
import java.util.List;
import java.util.Objects;
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

  static String conflicts(Plan plan, Output output) {
    return output.render(
        List.of("physical", "upstream", "fields", "reason", "message"),
        plan.steps().stream()
            .filter(step -> step.action() == Plan.Action.CONFLICT)
            .map(
                step ->
                    List.of(
                        step.physical().toString(),
                        Objects.toString(step.upstream(), "-"),
                        fields(step.fields()),
                        step.reason(),
                        step.message()))
            .toList());
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
