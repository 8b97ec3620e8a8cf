package io.kcp.upstream.status;

import com.google.common.base.Ascii;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.sync.WorkKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders how workloads do, for the SyncTarget's status. */
final class WorkloadDocument {
  private static final int MOST_REASONS = 5;
  private static final int LONGEST = 512;

  private WorkloadDocument() {}

  /** Every word with its number, zeros too: nobody has to guess what an absent one means. */
  static Map<String, Object> counts(Map<Health, Long> counts) {
    Map<String, Object> rendered = new LinkedHashMap<>();
    for (Health health : Health.values()) {
      rendered.put(Ascii.toLowerCase(health.name()), counts.getOrDefault(health, 0L));
    }
    return rendered;
  }

  static Map<String, Object> counts(WorkloadSums sums) {
    Map<String, Object> rendered = new LinkedHashMap<>();
    for (Health health : Health.values()) {
      rendered.put(Ascii.toLowerCase(health.name()), sums.count(health));
    }
    return rendered;
  }

  static Map<String, Object> pods(WorkloadSums.Pods pods) {
    Map<String, Object> rendered = new LinkedHashMap<>();
    rendered.put("total", pods.total());
    rendered.put("ready", pods.ready());
    rendered.put("restarts", pods.restarts());
    rendered.put(
        "reasons",
        pods.reasons().stream().limit(MOST_REASONS).map(WorkloadDocument::reason).toList());
    return rendered;
  }

  private static Map<String, Object> reason(WorkloadSums.Reason reason) {
    Map<String, Object> rendered = new LinkedHashMap<>();
    rendered.put("reason", reason.reason());
    rendered.put("pods", reason.pods());
    rendered.put("example", reason.example());
    return rendered;
  }

  static WorkloadSums.Ill ill(WorkKey key, HealthState state) {
    return new WorkloadSums.Ill(key, state.health(), state.reason(), state.message());
  }

  static WorkloadSums.Pods pods(Tally all) {
    return new WorkloadSums.Pods(
        all.pods(),
        all.ready(),
        all.restarts(),
        all.reasons().stream()
            .map(each -> new WorkloadSums.Reason(each.reason(), each.pods(), each.example()))
            .toList());
  }

  static List<Map<String, Object>> worst(WorkloadSums sums) {
    return sums.worst().stream().map(WorkloadDocument::ill).toList();
  }

  private static Map<String, Object> ill(WorkloadSums.Ill ill) {
    Map<String, Object> rendered = new LinkedHashMap<>();
    rendered.put("group", ill.key().resource().group());
    rendered.put("resource", ill.key().resource().resource());
    if (!ill.key().namespace().isEmpty()) {
      rendered.put("namespace", ill.key().namespace());
    }
    rendered.put("name", ill.key().name());
    rendered.put("health", CopyWords.word(ill.health()));
    rendered.put("reason", ill.reason());
    rendered.put("message", Ascii.truncate(ill.message(), LONGEST, "..."));
    return rendered;
  }
}
