package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules for the numbers in the status of workloads. */
final class StatusValidation {
  private StatusValidation() {}

  /**
   * @param live the object as it is, null for a new one
   */
  static List<FieldError> errors(
      ResourceName resource, @Nullable Map<String, Object> live, Map<String, Object> object) {
    Problems problems = new Problems();
    switch (resource.qualified()) {
      case "deployments.apps" -> deployment(live, object, problems);
      case "replicasets.apps" -> replicaSet(object, problems);
      case "statefulsets.apps" -> statefulSet(object, problems);
      case "daemonsets.apps" -> daemonSet(object, problems);
      default -> {
        // no rules of its own
      }
    }
    return problems.errors();
  }

  private static void deployment(
      @Nullable Map<String, Object> live, Map<String, Object> object, Problems problems) {
    notNegative(
        object,
        problems,
        List.of(
            "observedGeneration",
            "replicas",
            "updatedReplicas",
            "readyReplicas",
            "availableReplicas",
            "unavailableReplicas",
            "terminatingReplicas",
            "collisionCount"));
    withinReplicas(
        object, problems, List.of("updatedReplicas", "readyReplicas", "availableReplicas"));
    withinReady(object, problems, "readyReplicas");
    long collisions = Tree.number(object, 0, "status", "collisionCount");
    if (live != null && collisions < Tree.number(live, 0, "status", "collisionCount")) {
      problems.invalid("status.collisionCount", collisions, "cannot be decremented");
    }
  }

  private static void replicaSet(Map<String, Object> object, Problems problems) {
    notNegative(
        object,
        problems,
        List.of(
            "replicas",
            "fullyLabeledReplicas",
            "readyReplicas",
            "availableReplicas",
            "observedGeneration",
            "terminatingReplicas"));
    withinReplicas(
        object, problems, List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas"));
    withinReady(object, problems, "readyReplicas");
  }

  private static void statefulSet(Map<String, Object> object, Problems problems) {
    notNegative(
        object,
        problems,
        List.of(
            "replicas",
            "readyReplicas",
            "currentReplicas",
            "updatedReplicas",
            "availableReplicas",
            "observedGeneration",
            "collisionCount"));
    withinReplicas(
        object,
        problems,
        List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"));
    withinReady(object, problems, "status.readyReplicas");
  }

  private static void daemonSet(Map<String, Object> object, Problems problems) {
    notNegative(
        object,
        problems,
        List.of(
            "currentNumberScheduled",
            "numberMisscheduled",
            "desiredNumberScheduled",
            "numberReady",
            "observedGeneration",
            "updatedNumberScheduled",
            "numberAvailable",
            "numberUnavailable",
            "collisionCount"));
  }

  private static void notNegative(
      Map<String, Object> object, Problems problems, List<String> fields) {
    fields.forEach(field -> problems.notNegative(object, "status", field));
  }

  private static void withinReplicas(
      Map<String, Object> object, Problems problems, List<String> fields) {
    long replicas = Tree.number(object, 0, "status", "replicas");
    for (String field : fields) {
      long number = Tree.number(object, 0, "status", field);
      if (number > replicas) {
        problems.invalid("status." + field, number, "cannot be greater than status.replicas");
      }
    }
  }

  /**
   * @param ready how the message calls the number of ready replicas
   */
  private static void withinReady(Map<String, Object> object, Problems problems, String ready) {
    long available = Tree.number(object, 0, "status", "availableReplicas");
    if (available > Tree.number(object, 0, "status", "readyReplicas")) {
      problems.invalid("status.availableReplicas", available, "cannot be greater than " + ready);
    }
  }
}
