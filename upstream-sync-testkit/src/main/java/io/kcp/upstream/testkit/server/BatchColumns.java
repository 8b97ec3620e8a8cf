package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TableColumn.AGE;
import static io.kcp.upstream.testkit.server.TableColumn.NAME;
import static io.kcp.upstream.testkit.server.TableColumn.field;
import static io.kcp.upstream.testkit.server.TableColumn.number;
import static io.kcp.upstream.testkit.server.TableColumn.text;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of Jobs, and of what scales and guards workloads. */
final class BatchColumns {
  private BatchColumns() {}

  /** Empty for other resources. */
  static List<TableColumn> of(ResourceName resource) {
    return switch (resource.name()) {
      case "jobs" ->
          List.of(
              NAME,
              text("Status", (o, now) -> status(o)),
              text("Completions", (o, now) -> completions(o)),
              text("Duration", BatchColumns::duration),
              AGE,
              WorkloadColumns.CONTAINERS,
              WorkloadColumns.IMAGES,
              WorkloadColumns.SELECTOR);
      case "cronjobs" ->
          List.of(
              NAME,
              field("Schedule", "spec", "schedule"),
              text("Timezone", (o, now) -> orNone(o, "spec", "timeZone")),
              text("Suspend", (o, now) -> Tree.isTrue(o, "spec", "suspend") ? "True" : "False")
                  .typed("boolean"),
              text("Active", (o, now) -> (long) Tree.list(o, "status", "active").size())
                  .typed("integer"),
              text("Last Schedule", BatchColumns::lastSchedule),
              AGE,
              WorkloadColumns.CONTAINERS,
              WorkloadColumns.IMAGES,
              WorkloadColumns.SELECTOR);
      case "poddisruptionbudgets" ->
          List.of(
              NAME,
              text("Min Available", (o, now) -> orNotSaid(o, "minAvailable")),
              text("Max Unavailable", (o, now) -> orNotSaid(o, "maxUnavailable")),
              number("Allowed Disruptions", "status", "disruptionsAllowed"),
              AGE);
      case "horizontalpodautoscalers" ->
          List.of(
              NAME,
              text("Reference", (o, now) -> target(o, "kind") + "/" + target(o, "name")),
              text("Targets", (o, now) -> metrics(o)),
              text("MinPods", (o, now) -> String.valueOf(Tree.number(o, 1, "spec", "minReplicas"))),
              number("MaxPods", "spec", "maxReplicas").typed("string"),
              number("Replicas", "status", "currentReplicas").typed("string"),
              AGE);
      default -> List.of();
    };
  }

  private static String status(Map<String, Object> job) {
    if (Meta.isDeleting(job)) {
      return "Terminating";
    }
    return Tree.maps(job, "status", "conditions").stream()
        .filter(condition -> Tree.string(condition, "status").equals("True"))
        .map(condition -> Tree.string(condition, "type"))
        .filter(type -> List.of("Complete", "Failed", "Suspended").contains(type))
        .findFirst()
        .orElse("Running");
  }

  private static String completions(Map<String, Object> job) {
    return Tree.number(job, 0, "status", "succeeded")
        + "/"
        + Tree.number(job, 1, "spec", "completions");
  }

  private static String duration(Map<String, Object> job, Instant now) {
    String start = Tree.string(job, "status", "startTime");
    String end = Tree.string(job, "status", "completionTime");
    return start.isEmpty() ? "" : TableColumn.age(start, end.isEmpty() ? now : Instant.parse(end));
  }

  private static String lastSchedule(Map<String, Object> job, Instant now) {
    String last = Tree.string(job, "status", "lastScheduleTime");
    return last.isEmpty() ? BuiltInColumns.NONE : TableColumn.age(last, now);
  }

  private static String orNone(Map<String, Object> object, String... path) {
    return BuiltInColumns.orNone(Tree.string(object, path));
  }

  private static String orNotSaid(Map<String, Object> budget, String field) {
    Object value = Tree.get(budget, "spec", field);
    return value == null ? "N/A" : value.toString();
  }

  private static String target(Map<String, Object> autoscaler, String field) {
    return Tree.string(autoscaler, "spec", "scaleTargetRef", field);
  }

  /** What is measured is never known here: nothing measures. */
  private static String metrics(Map<String, Object> autoscaler) {
    String all =
        Tree.maps(autoscaler, "spec", "metrics").stream()
            .filter(metric -> Tree.has(metric, "resource", "target", "averageUtilization"))
            .map(
                metric ->
                    "%s: <unknown>/%s%%"
                        .formatted(
                            Tree.string(metric, "resource", "name"),
                            Tree.get(metric, "resource", "target", "averageUtilization")))
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "<none>" : all;
  }
}
