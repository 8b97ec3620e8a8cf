package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules of built-in kinds that tests are most likely to meet: fields that must not change, and
 * workloads whose selector does not fit. A real server has many more.
 */
final class BuiltInValidation {
  private static final String IMMUTABLE = "field is immutable";

  private BuiltInValidation() {}

  static List<FieldError> errors(
      Resource resource, @Nullable Map<String, Object> live, Map<String, Object> object) {
    List<FieldError> errors = new ArrayList<>();
    switch (resource.id().qualified()) {
      case "deployments.apps", "replicasets.apps", "daemonsets.apps", "statefulsets.apps" ->
          workload(live, object, errors);
      case "configmaps", "secrets" -> data(resource, live, object, errors);
      case "services" -> service(live, object, errors);
      case "jobs.batch" -> {
        same(live, object, errors, "spec", "selector");
        same(live, object, errors, "spec", "template");
      }
      case "rolebindings.rbac.authorization.k8s.io",
          "clusterrolebindings.rbac.authorization.k8s.io" -> {
        if (live != null && !Tree.map(live, "roleRef").equals(Tree.map(object, "roleRef"))) {
          errors.add(
              new FieldError(
                  "roleRef", "FieldValueInvalid", "Invalid value: cannot change roleRef"));
        }
      }
      case "customresourcedefinitions.apiextensions.k8s.io" ->
          errors.addAll(CrdValidation.errors(live, object));
      default -> {
        // no rules of its own
      }
    }
    return errors;
  }

  private static void workload(
      @Nullable Map<String, Object> live, Map<String, Object> object, List<FieldError> errors) {
    Map<String, Object> selector = Tree.map(object, "spec", "selector");
    if (selector.isEmpty()) {
      errors.add(new FieldError("spec.selector", "FieldValueRequired", "Required value"));
    }
    Map<String, Object> labels = Tree.map(object, "spec", "template", "metadata", "labels");
    if (!labels.entrySet().containsAll(Tree.map(selector, "matchLabels").entrySet())) {
      errors.add(
          new FieldError(
              "spec.template.metadata.labels",
              "FieldValueInvalid",
              "Invalid value: %s: `selector` does not match template `labels`"
                  .formatted(GoSyntax.strings(labels))));
    }
    containers(object, errors);
    same(live, object, errors, "spec", "selector");
  }

  private static void containers(Map<String, Object> object, List<FieldError> errors) {
    String path = "spec.template.spec.containers";
    List<Map<String, Object>> containers =
        Tree.maps(object, "spec", "template", "spec", "containers");
    if (containers.isEmpty()) {
      errors.add(new FieldError(path, "FieldValueRequired", "Required value"));
    }
    for (int i = 0; i < containers.size(); i++) {
      for (String field : List.of("name", "image")) {
        if (Tree.string(containers.get(i), field).isEmpty()) {
          errors.add(
              new FieldError(
                  path + "[" + i + "]." + field, "FieldValueRequired", "Required value"));
        }
      }
    }
  }

  private static void data(
      Resource resource,
      @Nullable Map<String, Object> live,
      Map<String, Object> object,
      List<FieldError> errors) {
    if (live == null) {
      return;
    }
    if (Tree.isTrue(live, "immutable")) {
      if (!Tree.isTrue(object, "immutable")) {
        errors.add(forbidden("immutable", "field is immutable when `immutable` is set"));
      }
      for (String field : List.of("data", "binaryData")) {
        if (!Tree.map(live, field).equals(Tree.map(object, field))) {
          errors.add(forbidden(field, "field is immutable when `immutable` is set"));
        }
      }
    }
    if (resource.id().name().equals("secrets")
        && !Tree.string(live, "type").equals(Tree.string(object, "type"))) {
      errors.add(MetaValidation.invalid("type", Tree.string(object, "type"), IMMUTABLE));
    }
  }

  private static void service(
      @Nullable Map<String, Object> live, Map<String, Object> object, List<FieldError> errors) {
    if (Tree.list(object, "spec", "ports").isEmpty()
        && !Tree.string(object, "spec", "type").equals("ExternalName")
        && !Tree.string(object, "spec", "clusterIP").equals("None")) {
      errors.add(new FieldError("spec.ports", "FieldValueRequired", "Required value"));
    }
    String was = live == null ? "" : Tree.string(live, "spec", "clusterIP");
    String is = Tree.string(object, "spec", "clusterIP");
    if (!was.isEmpty() && !is.isEmpty() && !was.equals(is)) {
      errors.add(
          new FieldError(
              "spec.clusterIPs[0]",
              "FieldValueInvalid",
              "Invalid value: [\"" + is + "\"]: may not change once set"));
    }
  }

  private static void same(
      @Nullable Map<String, Object> live,
      Map<String, Object> object,
      List<FieldError> errors,
      String... path) {
    if (live != null && !Objects.equals(Tree.get(live, path), Tree.get(object, path))) {
      errors.add(
          new FieldError(
              String.join(".", path),
              "FieldValueInvalid",
              "Invalid value: " + Tree.get(object, path) + ": " + IMMUTABLE));
    }
  }

  private static FieldError forbidden(String field, String why) {
    return new FieldError(field, "FieldValueForbidden", "Forbidden: " + why);
  }
}
