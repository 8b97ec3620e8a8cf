package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import io.kcp.upstream.testkit.apply.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of built-in kinds that tests are most likely to meet: fields that must not change or be
 * missing, and workloads that could never run. A real server has many more.
 */
final class BuiltInValidation {
  private BuiltInValidation() {}

  static List<FieldError> errors(
      Resource resource, @Nullable Map<String, Object> live, Map<String, Object> object) {
    Problems problems = new Problems();
    switch (resource.id().qualified()) {
      case "deployments.apps" -> WorkloadValidation.deployment(live, object, problems);
      case "replicasets.apps", "daemonsets.apps" ->
          WorkloadValidation.replicaSetOrDaemonSet(live, object, problems);
      case "statefulsets.apps" -> WorkloadValidation.statefulSet(live, object, problems);
      case "jobs.batch" -> WorkloadValidation.job(live, object, problems);
      case "cronjobs.batch" -> WorkloadValidation.cronJob(object, problems);
      case "pods" -> WorkloadValidation.pod(live, object, problems);
      case "configmaps" -> DataValidation.check(live, object, problems);
      case "secrets" -> DataValidation.secret(live, object, problems);
      case "services" -> ServiceValidation.check(live, object, problems);
      case "persistentvolumeclaims" -> claim(live, object, problems);
      case "leases.coordination.k8s.io" ->
          positive(object, problems, "spec", "leaseDurationSeconds");
      case "horizontalpodautoscalers.autoscaling" -> autoscaler(object, problems);
      case "poddisruptionbudgets.policy" -> {
        if (Tree.has(object, "spec", "minAvailable")
            && Tree.has(object, "spec", "maxUnavailable")) {
          problems.invalid(
              "spec",
              Tree.map(object, "spec"),
              "minAvailable and maxUnavailable cannot be both set");
        }
      }
      case "roles.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io" ->
          role(object, problems);
      case "storageclasses.storage.k8s.io" -> {
        if (Tree.string(object, "provisioner").isEmpty()) {
          problems.required("provisioner");
        }
      }
      case "ingresses.networking.k8s.io" -> ingress(object, problems);
      case "rolebindings.rbac.authorization.k8s.io",
          "clusterrolebindings.rbac.authorization.k8s.io" ->
          roleBinding(live, object, problems);
      case "customresourcedefinitions.apiextensions.k8s.io" ->
          CrdValidation.errors(live, object).forEach(problems::add);
      default -> {
        // no rules of its own
      }
    }
    return problems.errors();
  }

  private static void positive(Map<String, Object> object, Problems problems, String... path) {
    if (Tree.get(object, path) instanceof Long number && number <= 0) {
      problems.invalid(String.join(".", path), number, "must be greater than 0");
    }
  }

  private static void autoscaler(Map<String, Object> object, Problems problems) {
    long most = Tree.number(object, 0, "spec", "maxReplicas");
    if (most < 1) {
      problems.required("spec.maxReplicas", "must be set and greater than 0");
    }
    if (most < Tree.number(object, 1, "spec", "minReplicas")) {
      problems.invalid("spec.maxReplicas", most, "must be greater than or equal to `minReplicas`");
    }
  }

  private static void role(Map<String, Object> object, Problems problems) {
    List<Map<String, Object>> rules = Tree.maps(object, "rules");
    for (int i = 0; i < rules.size(); i++) {
      if (Tree.list(rules.get(i), "verbs").isEmpty()) {
        problems.required("rules[" + i + "].verbs", "verbs must contain at least one value");
      }
    }
  }

  private static void claim(
      @Nullable Map<String, Object> live, Map<String, Object> object, Problems problems) {
    if (Tree.list(object, "spec", "accessModes").isEmpty()) {
      problems.required("spec.accessModes", "at least 1 access mode is required");
    }
    Object storage = Tree.get(object, "spec", "resources", "requests", "storage");
    if (storage == null) {
      problems.required("spec.resources[storage]");
    } else if (Quantity.number(storage).filter(amount -> amount.signum() <= 0).isPresent()) {
      problems.invalid(
          "spec.resources[storage]", String.valueOf(storage), "must be greater than zero");
    }
    if (live == null) {
      return;
    }
    boolean bound = Tree.string(live, "status", "phase").equals("Bound");
    Map<String, Object> before = mutableLeftOut(live, bound);
    boolean changed = !before.equals(mutableLeftOut(object, bound));
    boolean binds = !Tree.has(live, "spec", "volumeName");
    if (changed
        && !(binds && Tree.without(mutableLeftOut(object, bound), "volumeName").equals(before))) {
      problems.forbidden(
          "spec",
          "spec is immutable after creation except resources.requests and volumeAttributesClassName"
              + " for bound claims");
    }
  }

  private static Map<String, Object> mutableLeftOut(Map<String, Object> claim, boolean bound) {
    Map<String, Object> spec = Tree.map(claim, "spec");
    return bound
        ? Tree.without(Tree.without(spec, "resources", "requests"), "volumeAttributesClassName")
        : spec;
  }

  private static void ingress(Map<String, Object> object, Problems problems) {
    boolean rules = !Tree.list(object, "spec", "rules").isEmpty();
    if (!rules && !Tree.has(object, "spec", "defaultBackend")) {
      problems.invalid("spec", Map.of(), "either `defaultBackend` or `rules` must be specified");
    }
    List<Map<String, Object>> all = Tree.maps(object, "spec", "rules");
    for (int i = 0; i < all.size(); i++) {
      List<Map<String, Object>> paths = Tree.maps(all.get(i), "http", "paths");
      for (int j = 0; j < paths.size(); j++) {
        if (Tree.string(paths.get(j), "pathType").isEmpty()) {
          problems.required(
              "spec.rules[%d].http.paths[%d].pathType".formatted(i, j),
              "pathType must be specified");
        }
      }
    }
  }

  private static void roleBinding(
      @Nullable Map<String, Object> live, Map<String, Object> object, Problems problems) {
    if (live != null && !Tree.map(live, "roleRef").equals(Tree.map(object, "roleRef"))) {
      problems.invalid("roleRef", Tree.map(object, "roleRef"), "cannot change roleRef");
    }
    problems.oneOfInOrder(
        "roleRef.kind", Tree.string(object, "roleRef", "kind"), List.of("Role", "ClusterRole"));
    if (Tree.string(object, "roleRef", "name").isEmpty()) {
      problems.required("roleRef.name");
    }
  }
}
