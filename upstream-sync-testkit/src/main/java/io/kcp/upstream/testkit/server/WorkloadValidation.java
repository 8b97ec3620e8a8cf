package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The commonest rules for workloads: selectors that fit, restart policies, what must not change.
 */
final class WorkloadValidation {
  private static final Set<String> STATEFUL_SET_MUTABLE =
      Set.of(
          "replicas",
          "ordinals",
          "template",
          "updateStrategy",
          "revisionHistoryLimit",
          "persistentVolumeClaimRetentionPolicy",
          "minReadySeconds");
  private static final Set<String> POD_MUTABLE =
      Set.of(
          "containers",
          "initContainers",
          "activeDeadlineSeconds",
          "tolerations",
          "terminationGracePeriodSeconds");

  private WorkloadValidation() {}

  static void deployment(
      @Nullable Map<String, Object> live, Map<String, Object> object, Problems problems) {
    problems.notNegative(object, "spec", "replicas");
    selector(live, object, problems);
    template(object, problems);
    strategy(Tree.map(object, "spec", "strategy"), problems);
    problems.notNegative(object, "spec", "minReadySeconds");
    problems.notNegative(object, "spec", "revisionHistoryLimit");
    long ready = Tree.number(object, 0, "spec", "minReadySeconds");
    if (Tree.get(object, "spec", "progressDeadlineSeconds") instanceof Long deadline) {
      problems.notNegative(object, "spec", "progressDeadlineSeconds");
      if (deadline <= ready) {
        problems.invalid(
            "spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
      }
    }
  }

  private static void strategy(Map<String, Object> strategy, Problems problems) {
    String type = Tree.string(strategy, "type");
    boolean rolls = Tree.has(strategy, "rollingUpdate");
    if (!List.of("Recreate", "RollingUpdate").contains(type)) {
      problems.add(
          new FieldError(
              "spec.strategy",
              "FieldValueNotSupported",
              "Unsupported value: {\"Type\":\"%s\",\"RollingUpdate\":%s}: supported values: \"Recreate\", \"RollingUpdate\""
                  .formatted(type, rolls ? "{}" : "null")));
    } else if (type.equals("Recreate") && rolls) {
      problems.forbidden(
          "spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
    } else {
      rollingUpdate(strategy, problems);
    }
  }

  private static void rollingUpdate(Map<String, Object> strategy, Problems problems) {
    share(strategy, "maxUnavailable", true, problems);
    share(strategy, "maxSurge", false, problems);
    if (isNone(strategy, "maxSurge") && isNone(strategy, "maxUnavailable")) {
      problems.invalid(
          "spec.strategy.rollingUpdate.maxUnavailable",
          Tree.get(strategy, "rollingUpdate", "maxUnavailable"),
          "may not be 0 when `maxSurge` is 0");
    }
  }

  /** A number of pods or a percentage of them. */
  private static void share(
      Map<String, Object> strategy, String field, boolean bounded, Problems problems) {
    Object value = Tree.get(strategy, "rollingUpdate", field);
    String at = "spec.strategy.rollingUpdate." + field;
    if (value instanceof Long number && number < 0) {
      problems.invalid(at, number, "must be greater than or equal to 0");
    } else if (value instanceof String text) {
      if (!text.matches("[0-9]+%")) {
        problems.invalid(
            at,
            text,
            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%', "
                + " or '93%', regex used for validation is '[0-9]+%')");
      } else if (bounded && text.length() > 3 && !text.equals("100%")) {
        problems.invalid(at, text, "must not be greater than 100%");
      }
    }
  }

  private static boolean isNone(Map<String, Object> strategy, String field) {
    Object value = Tree.get(strategy, "rollingUpdate", field);
    return value != null && List.of("0", "0%").contains(String.valueOf(value));
  }

  static void replicaSetOrDaemonSet(
      @Nullable Map<String, Object> live, Map<String, Object> object, Problems problems) {
    problems.notNegative(object, "spec", "replicas");
    selector(live, object, problems);
    template(object, problems);
  }

  static void statefulSet(
      @Nullable Map<String, Object> live, Map<String, Object> object, Problems problems) {
    problems.notNegative(object, "spec", "replicas");
    selector(null, object, problems);
    template(object, problems);
    if (live != null && differsBeyond(live, object, STATEFUL_SET_MUTABLE)) {
      problems.forbidden(
          "spec",
          "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
              + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy'"
              + " and 'minReadySeconds' are forbidden");
    }
  }

  private static boolean differsBeyond(
      Map<String, Object> live, Map<String, Object> object, Set<String> mutable) {
    Map<String, Object> before = Tree.map(live, "spec");
    Map<String, Object> after = Tree.map(object, "spec");
    Set<String> fields = new HashSet<>(before.keySet());
    fields.addAll(after.keySet());
    fields.removeAll(mutable);
    return fields.stream().anyMatch(field -> !Objects.equals(before.get(field), after.get(field)));
  }

  private static void selector(
      @Nullable Map<String, Object> live, Map<String, Object> object, Problems problems) {
    Map<String, Object> selector = Tree.map(object, "spec", "selector");
    Map<String, Object> labels = Tree.map(object, "spec", "template", "metadata", "labels");
    if (selector.isEmpty()) {
      problems.required("spec.selector");
    }
    boolean fits = labels.entrySet().containsAll(Tree.map(selector, "matchLabels").entrySet());
    if (!fits || selector.isEmpty()) {
      problems.invalid(
          "spec.template.metadata.labels",
          labels.isEmpty() ? null : labels,
          "`selector` does not match template `labels`");
    }
    problems.immutable(live, object, "spec", "selector");
  }

  private static void template(Map<String, Object> object, Problems problems) {
    String path = "spec.template.spec";
    PodSpecValidation.check(Tree.map(object, "spec", "template", "spec"), path, problems);
    if (Tree.has(object, "spec", "template", "spec", "activeDeadlineSeconds")) {
      problems.forbidden(
          path + ".activeDeadlineSeconds", "activeDeadlineSeconds in ReplicaSet is not Supported");
    }
    problems.oneOf(
        path + ".restartPolicy",
        Tree.string(object, "spec", "template", "spec", "restartPolicy"),
        List.of("Always"));
  }

  static void job(
      @Nullable Map<String, Object> live, Map<String, Object> object, Problems problems) {
    problems.notNegative(object, "spec", "parallelism");
    problems.notNegative(object, "spec", "completions");
    problems.notNegative(object, "spec", "backoffLimit");
    jobTemplate(Tree.map(object, "spec"), "spec", problems);
    problems.immutable(live, object, "spec", "completions");
    problems.immutable(live, object, "spec", "selector");
    problems.immutable(live, object, "spec", "template");
  }

  static void cronJob(Map<String, Object> object, Problems problems) {
    String schedule = Tree.string(object, "spec", "schedule");
    int fields = schedule.isBlank() ? 0 : schedule.strip().split("\\s+", -1).length;
    if (schedule.isEmpty()) {
      problems.required("spec.schedule");
    } else if (fields != 5 && !schedule.startsWith("@")) {
      problems.invalid(
          "spec.schedule",
          schedule,
          "expected exactly 5 fields, found %d: [%s]".formatted(fields, schedule.strip()));
    }
    problems.oneOf(
        "spec.concurrencyPolicy",
        Tree.string(object, "spec", "concurrencyPolicy"),
        List.of("Allow", "Forbid", "Replace"));
    jobTemplate(Tree.map(object, "spec", "jobTemplate", "spec"), "spec.jobTemplate.spec", problems);
  }

  private static void jobTemplate(Map<String, Object> job, String path, Problems problems) {
    Map<String, Object> pod = Tree.map(job, "template", "spec");
    PodSpecValidation.check(pod, path + ".template.spec", problems);
    String policy = Tree.string(pod, "restartPolicy");
    if (policy.isEmpty() || policy.equals("Always")) {
      problems.required(
          path + ".template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
    }
  }

  static void pod(
      @Nullable Map<String, Object> live, Map<String, Object> object, Problems problems) {
    PodSpecValidation.check(Tree.map(object, "spec"), "spec", problems);
    if (live != null && (differsBeyond(live, object, POD_MUTABLE) || changesRun(live, object))) {
      problems.forbidden(
          "spec",
          "pod updates may not change fields other than"
              + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations`"
              + " (only additions to existing tolerations),`spec.terminationGracePeriodSeconds`"
              + " (allow it to be set to 1 if it was previously negative)");
    }
  }

  /** Whether containers differ in anything but their images. */
  private static boolean changesRun(Map<String, Object> live, Map<String, Object> object) {
    for (String kind : List.of("containers", "initContainers")) {
      List<Map<String, Object>> before =
          Tree.maps(live, "spec", kind).stream().map(one -> Tree.without(one, "image")).toList();
      List<Map<String, Object>> after =
          Tree.maps(object, "spec", kind).stream().map(one -> Tree.without(one, "image")).toList();
      if (!before.equals(after)) {
        return true;
      }
    }
    return false;
  }
}
