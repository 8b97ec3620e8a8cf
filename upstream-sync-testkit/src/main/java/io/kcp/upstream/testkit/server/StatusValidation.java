package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.util.List;
import java.util.Map;

/** Refuses statuses of workloads that count more replicas ready than there are. */
final class StatusValidation {
  private static final String BEYOND_REPLICAS = "cannot be greater than status.replicas";
  private static final Map<String, List<String>> COUNTS =
      Map.of(
          "deployments.apps",
          List.of("updatedReplicas", "readyReplicas", "availableReplicas"),
          "replicasets.apps",
          List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas"),
          "statefulsets.apps",
          List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"));

  private StatusValidation() {}

  static List<FieldError> errors(ResourceName resource, Map<String, Object> object) {
    Problems problems = new Problems();
    List<String> counts = COUNTS.getOrDefault(resource.qualified(), List.of());
    if (!counts.isEmpty()) {
      problems.notNegative(object, "status", "replicas");
      counts.forEach(count -> check(object, count, problems));
      long ready = count(object, "readyReplicas");
      long available = count(object, "availableReplicas");
      if (available > ready) {
        String bound =
            resource.name().equals("statefulsets") ? "status.readyReplicas" : "readyReplicas";
        problems.invalid("status.availableReplicas", available, "cannot be greater than " + bound);
      }
    }
    return problems.errors();
  }

  private static void check(Map<String, Object> object, String field, Problems problems) {
    problems.notNegative(object, "status", field);
    if (count(object, field) > count(object, "replicas")) {
      problems.invalid("status." + field, count(object, field), BEYOND_REPLICAS);
    }
  }

  private static long count(Map<String, Object> object, String field) {
    return Tree.number(object, 0, "status", field);
  }
}
