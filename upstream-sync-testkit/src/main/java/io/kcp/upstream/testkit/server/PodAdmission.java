package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What admission adds to a new pod, and its first status. */
final class PodAdmission {
  private static final long TOLERATED_SECONDS = 300;

  private PodAdmission() {}

  static Map<String, Object> admitted(Map<String, Object> pod) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("phase", "Pending");
    status.put("qosClass", PodQuality.of(pod));
    Map<String, Object> admitted = Tree.with(pod, status, "status");
    admitted = otherwise(admitted, 0L, "priority");
    admitted = otherwise(admitted, "PreemptLowerPriority", "preemptionPolicy");
    List<Object> tolerations = new ArrayList<>(Tree.list(pod, "spec", "tolerations"));
    for (String key : List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")) {
      if (!tolerates(pod, key)) {
        Map<String, Object> toleration = new LinkedHashMap<>();
        toleration.put("key", key);
        toleration.put("operator", "Exists");
        toleration.put("effect", "NoExecute");
        toleration.put("tolerationSeconds", TOLERATED_SECONDS);
        tolerations.add(toleration);
      }
    }
    return Tree.with(admitted, tolerations, "spec", "tolerations");
  }

  private static Map<String, Object> otherwise(
      Map<String, Object> pod, Object value, String field) {
    return Tree.has(pod, "spec", field) ? pod : Tree.with(pod, value, "spec", field);
  }

  private static boolean tolerates(Map<String, Object> pod, String key) {
    return Tree.maps(pod, "spec", "tolerations").stream()
        .filter(
            toleration ->
                Tree.string(toleration, "key").equals(key)
                    || Tree.string(toleration, "key").isEmpty())
        .map(toleration -> Tree.string(toleration, "effect"))
        .anyMatch(effect -> effect.isEmpty() || effect.equals("NoExecute"));
  }
}
