package io.kcp.upstream.status;

import io.kcp.upstream.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The annotation that says how the pods of a workload do. What is none is left out. */
final class RollupText {
  private static final int MOST_REASONS = 5;
  private static final int MOST_NODES = 5;

  private RollupText() {}

  static String of(Tally tally) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("pods", tally.pods());
    text.put("ready", tally.ready());
    Tally.Part current = tally.current();
    if (current != null) {
      text.put("new", part(current.pods(), current.ready()));
      text.put("old", part(tally.pods() - current.pods(), tally.ready() - current.ready()));
    }
    putUnlessZero(text, "terminating", tally.terminating());
    putUnlessEmpty(text, "phases", tally.phases());
    putUnlessZero(text, "restarts", tally.restarts());
    putUnlessZero(text, "restartedLately", tally.restartedLately());
    if (!tally.reasons().isEmpty()) {
      text.put("reasons", reasons(tally));
    }
    if (!tally.nodes().isEmpty()) {
      text.put("nodes", nodes(tally));
    }
    return new String(Json.write(text), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> part(int pods, int ready) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("pods", pods);
    part.put("ready", ready);
    return part;
  }

  private static List<Object> reasons(Tally tally) {
    List<Object> reasons = new ArrayList<>();
    for (Tally.Reason reason : tally.reasons()) {
      if (reasons.size() < MOST_REASONS) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("reason", reason.reason());
        one.put("pods", reason.pods());
        one.put("example", reason.example());
        reasons.add(one);
      }
    }
    return reasons;
  }

  private static Map<String, Object> nodes(Tally tally) {
    Map<String, Object> most = new LinkedHashMap<>();
    tally.nodes().entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_NODES)
        .forEach(each -> most.put(each.getKey(), each.getValue()));
    Map<String, Object> nodes = new LinkedHashMap<>();
    nodes.put("count", tally.nodes().size());
    nodes.put("most", most);
    return nodes;
  }

  private static void putUnlessZero(Map<String, Object> into, String field, int value) {
    if (value != 0) {
      into.put(field, value);
    }
  }

  private static void putUnlessEmpty(
      Map<String, Object> into, String field, Map<String, Integer> value) {
    if (!value.isEmpty()) {
      into.put(field, value);
    }
  }
}
