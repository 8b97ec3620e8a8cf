package io.kcp.upstream.testkit.server;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The commonest rules for what a pod runs. */
final class PodSpecValidation {
  private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

  /** What a volume may be made of, in the order in which the server looks. */
  private static final List<String> SOURCES =
      List.of(
          "emptyDir",
          "hostPath",
          "secret",
          "nfs",
          "iscsi",
          "persistentVolumeClaim",
          "downwardAPI",
          "configMap",
          "projected",
          "csi",
          "ephemeral",
          "image");

  private static final Map<String, String> NEEDED =
      Map.of(
          "configMap", "name",
          "secret", "secretName",
          "persistentVolumeClaim", "claimName");

  private final Map<String, Object> spec;
  private final String path;
  private final Problems problems;

  private PodSpecValidation(Map<String, Object> spec, String path, Problems problems) {
    this.spec = spec;
    this.path = path;
    this.problems = problems;
  }

  /**
   * @param path where the spec is, such as {@code spec.template.spec}
   */
  static void check(Map<String, Object> spec, String path, Problems problems) {
    new PodSpecValidation(spec, path, problems).check();
  }

  private void check() {
    Set<String> names = new HashSet<>();
    if (Tree.list(spec, "containers").isEmpty()) {
      problems.required(path + ".containers");
    }
    for (String kind : List.of("containers", "initContainers")) {
      List<Map<String, Object>> containers = Tree.maps(spec, kind);
      for (int i = 0; i < containers.size(); i++) {
        container(containers.get(i), path + "." + kind + "[" + i + "]", names);
      }
    }
    volumes();
    PlacementValidation.check(spec, path, problems);
  }

  private void container(Map<String, Object> container, String at, Set<String> names) {
    String name = Tree.string(container, "name");
    if (name.isEmpty()) {
      problems.required(at + ".name");
    } else if (!names.add(name)) {
      problems.duplicate(at + ".name", name);
    } else {
      Names.labelProblem(name).ifPresent(why -> problems.invalid(at + ".name", name, why));
    }
    if (Tree.string(container, "image").isBlank()) {
      problems.required(at + ".image");
    }
    problems.oneOf(
        at + ".imagePullPolicy", Tree.string(container, "imagePullPolicy"), PULL_POLICIES);
    ports(Tree.maps(container, "ports"), at + ".ports");
    environment(Tree.maps(container, "env"), at + ".env");
    mounts(Tree.maps(container, "volumeMounts"), at + ".volumeMounts");
    ProbeValidation.check(container, at, problems);
    ResourceValidation.check(Tree.map(container, "resources"), at + ".resources", problems);
  }

  private void environment(List<Map<String, Object>> variables, String at) {
    for (int i = 0; i < variables.size(); i++) {
      Map<String, Object> variable = variables.get(i);
      String name = Tree.string(variable, "name");
      if (name.isEmpty()) {
        problems.required(at + "[" + i + "].name");
      } else if (!name.chars().allMatch(each -> each >= ' ' && each < 127 && each != '=')) {
        problems.invalid(
            at + "[" + i + "].name",
            name,
            "a valid environment variable name must consist only of printable ASCII characters"
                + " other than '='");
      }
      if (variable.containsKey("valueFrom") && !Tree.string(variable, "value").isEmpty()) {
        problems.invalid(
            at + "[" + i + "].valueFrom", "", "may not be specified when `value` is not empty");
      }
    }
  }

  private void ports(List<Map<String, Object>> ports, String at) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      String name = Tree.string(ports.get(i), "name");
      if (!name.isEmpty() && !names.add(name)) {
        problems.duplicate(at + "[" + i + "].name", name);
      }
      if (Tree.number(ports.get(i), 0, "containerPort") == 0) {
        problems.required(at + "[" + i + "].containerPort");
      } else {
        problems.port(at + "[" + i + "].containerPort", ports.get(i).get("containerPort"));
      }
      problems.oneOf(at + "[" + i + "].protocol", Tree.string(ports.get(i), "protocol"), PROTOCOLS);
    }
  }

  private void mounts(List<Map<String, Object>> mounts, String at) {
    List<String> volumes =
        Tree.maps(spec, "volumes").stream().map(volume -> Tree.string(volume, "name")).toList();
    for (int i = 0; i < mounts.size(); i++) {
      String name = Tree.string(mounts.get(i), "name");
      if (name.isEmpty()) {
        problems.required(at + "[" + i + "].name");
      } else if (!volumes.contains(name)) {
        problems.notFound(at + "[" + i + "].name", name);
      }
      if (Tree.string(mounts.get(i), "mountPath").isEmpty()) {
        problems.required(at + "[" + i + "].mountPath");
      }
    }
  }

  private void volumes() {
    Set<String> names = new HashSet<>();
    List<Map<String, Object>> volumes = Tree.maps(spec, "volumes");
    for (int i = 0; i < volumes.size(); i++) {
      String at = path + ".volumes[" + i + "].name";
      String name = Tree.string(volumes.get(i), "name");
      if (name.isEmpty()) {
        problems.required(at);
      } else if (!names.add(name)) {
        problems.duplicate(at, name);
      }
      source(volumes.get(i), path + ".volumes[" + i + "].");
    }
  }

  private void source(Map<String, Object> volume, String at) {
    boolean found = false;
    for (String source : SOURCES) {
      if (volume.containsKey(source)) {
        String needed = NEEDED.get(source);
        if (found) {
          problems.forbidden(at + source, "may not specify more than 1 volume type");
        } else if (needed != null && Tree.string(volume, source, needed).isEmpty()) {
          problems.required(at + source + "." + needed);
        }
        found = true;
      }
    }
  }
}
