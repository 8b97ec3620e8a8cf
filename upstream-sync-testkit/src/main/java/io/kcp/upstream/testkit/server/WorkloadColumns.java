package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TableColumn.AGE;
import static io.kcp.upstream.testkit.server.TableColumn.NAME;
import static io.kcp.upstream.testkit.server.TableColumn.number;
import static io.kcp.upstream.testkit.server.TableColumn.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of what runs containers. */
final class WorkloadColumns {
  static final TableColumn CONTAINERS =
      text("Containers", (o, now) -> ofContainers(o, "name")).wide();
  static final TableColumn IMAGES = text("Images", (o, now) -> ofContainers(o, "image")).wide();
  static final TableColumn SELECTOR =
      text("Selector", (o, now) -> BuiltInColumns.orNone(selector(o))).wide();

  private WorkloadColumns() {}

  /** Empty for other resources. */
  static List<TableColumn> of(ResourceName resource) {
    return switch (resource.qualified()) {
      case "deployments.apps" ->
          List.of(
              NAME,
              ready("status", "readyReplicas"),
              number("Up-to-date", "status", "updatedReplicas").typed("string"),
              number("Available", "status", "availableReplicas").typed("string"),
              AGE,
              CONTAINERS,
              IMAGES,
              SELECTOR);
      case "statefulsets.apps" ->
          List.of(NAME, ready("status", "readyReplicas"), AGE, CONTAINERS, IMAGES);
      case "replicasets.apps", "replicationcontrollers" ->
          List.of(
              NAME,
              number("Desired", "spec", "replicas"),
              number("Current", "status", "replicas"),
              number("Ready", "status", "readyReplicas"),
              AGE,
              CONTAINERS,
              IMAGES,
              SELECTOR);
      case "daemonsets.apps" -> daemonSets();
      case "jobs.batch",
          "cronjobs.batch",
          "poddisruptionbudgets.policy",
          "horizontalpodautoscalers.autoscaling" ->
          BatchColumns.of(resource);
      case "pods" -> pods();
      default -> List.of();
    };
  }

  private static TableColumn ready(String... path) {
    return text(
        "Ready", (o, now) -> Tree.number(o, 0, path) + "/" + Tree.number(o, 0, "spec", "replicas"));
  }

  private static List<TableColumn> daemonSets() {
    return List.of(
        NAME,
        number("Desired", "status", "desiredNumberScheduled"),
        number("Current", "status", "currentNumberScheduled"),
        number("Ready", "status", "numberReady"),
        number("Up-to-date", "status", "updatedNumberScheduled"),
        number("Available", "status", "numberAvailable"),
        text(
            "Node Selector",
            (o, now) ->
                BuiltInColumns.orNone(
                    BuiltInColumns.labels(
                        Tree.map(o, "spec", "template", "spec", "nodeSelector")))),
        AGE,
        CONTAINERS,
        IMAGES,
        SELECTOR);
  }

  private static List<TableColumn> pods() {
    return List.of(
        NAME,
        text(
            "Ready",
            (o, now) ->
                Tree.maps(o, "status", "containerStatuses").stream()
                        .filter(status -> Tree.isTrue(status, "ready"))
                        .count()
                    + "/"
                    + Tree.list(o, "spec", "containers").size()),
        text(
            "Status",
            (o, now) -> Meta.isDeleting(o) ? "Terminating" : Tree.string(o, "status", "phase")),
        text("Restarts", (o, now) -> Long.toString(restarts(o))),
        AGE,
        text("IP", (o, now) -> BuiltInColumns.orNone(Tree.string(o, "status", "podIP"))).wide(),
        text("Node", (o, now) -> BuiltInColumns.orNone(Tree.string(o, "spec", "nodeName"))).wide(),
        text(
                "Nominated Node",
                (o, now) -> BuiltInColumns.orNone(Tree.string(o, "status", "nominatedNodeName")))
            .wide(),
        text("Readiness Gates", (o, now) -> BuiltInColumns.NONE).wide());
  }

  private static long restarts(Map<String, Object> pod) {
    return Tree.maps(pod, "status", "containerStatuses").stream()
        .mapToLong(status -> Tree.number(status, 0, "restartCount"))
        .sum();
  }

  private static String ofContainers(Map<String, Object> workload, String field) {
    String[] path =
        Tree.has(workload, "spec", "jobTemplate")
            ? new String[] {"spec", "jobTemplate", "spec", "template", "spec", "containers"}
            : new String[] {"spec", "template", "spec", "containers"};
    return Tree.maps(workload, path).stream()
        .map(container -> Tree.string(container, field))
        .collect(Collectors.joining(","));
  }

  private static String selector(Map<String, Object> workload) {
    Map<String, Object> selector = Tree.map(workload, "spec", "selector");
    return BuiltInColumns.labels(
        selector.containsKey("matchLabels") ? Tree.map(selector, "matchLabels") : selector);
  }
}
