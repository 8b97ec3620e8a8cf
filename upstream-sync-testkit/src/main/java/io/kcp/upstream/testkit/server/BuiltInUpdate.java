package io.kcp.upstream.testkit.server;

import java.util.List;
import java.util.Map;

/** What the server keeps or adds when an object of a built-in kind is updated. */
final class BuiltInUpdate {
  private static final String[] TEMPLATE_GENERATION = {
    "metadata", "annotations", "deprecated.daemonset.template.generation"
  };

  private BuiltInUpdate() {}

  static Map<String, Object> fill(
      Call call, Map<String, Object> live, Map<String, Object> updated) {
    return switch (call.resource().id().qualified()) {
      case "services" -> ServiceAllocation.fill(call, live, updated);
      case "namespaces" ->
          call.path().subresource().equals("finalize") ? updated : namespace(live, updated);
      case "daemonsets.apps" -> daemonSet(live, updated);
      case "jobs.batch" -> keep(live, updated, "spec", "selector");
      case "persistentvolumeclaims" -> keep(live, updated, "spec", "volumeName");
      default -> updated;
    };
  }

  private static Map<String, Object> namespace(
      Map<String, Object> live, Map<String, Object> updated) {
    Map<String, Object> named =
        Tree.with(updated, Meta.name(live), "metadata", "labels", "kubernetes.io/metadata.name");
    return Tree.with(named, Tree.get(live, "spec", "finalizers"), "spec", "finalizers");
  }

  private static Map<String, Object> daemonSet(
      Map<String, Object> live, Map<String, Object> updated) {
    boolean same = Tree.map(live, "spec", "template").equals(Tree.map(updated, "spec", "template"));
    long generation = Versions.parse(Tree.string(live, TEMPLATE_GENERATION));
    return Tree.with(
        updated, Long.toString(same ? generation : generation + 1), TEMPLATE_GENERATION);
  }

  /** What is not sent stays. */
  private static Map<String, Object> keep(
      Map<String, Object> live, Map<String, Object> updated, String... path) {
    return List.of(path).isEmpty() || Tree.has(updated, path)
        ? updated
        : Tree.with(updated, Tree.get(live, path), path);
  }
}
