package io.kcp.upstream.testkit.server;

import java.util.List;
import java.util.Map;

/** The rules for where and as whom a pod runs. */
final class PlacementValidation {
  private static final List<String> DNS_POLICIES =
      List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  private PlacementValidation() {}

  /**
   * @param path where the spec of the pod is
   */
  static void check(Map<String, Object> spec, String path, Problems problems) {
    problems.oneOfInOrder(path + ".dnsPolicy", Tree.string(spec, "dnsPolicy"), DNS_POLICIES);
    labels(Tree.map(spec, "nodeSelector"), path + ".nodeSelector", problems);
    String account = Tree.string(spec, "serviceAccountName");
    if (!account.isEmpty()) {
      Names.subdomainProblem(account)
          .ifPresent(why -> problems.invalid(path + ".serviceAccountName", account, why));
    }
    List<Map<String, Object>> tolerations = Tree.maps(spec, "tolerations");
    for (int i = 0; i < tolerations.size(); i++) {
      toleration(tolerations.get(i), path + ".tolerations[" + i + "]", problems);
    }
  }

  /** The rules for labels that are selected by. */
  static void labels(Map<String, Object> labels, String at, Problems problems) {
    labels.forEach(
        (key, value) -> {
          Names.labelKeyProblem(key).ifPresent(why -> problems.invalid(at, key, why));
          Names.labelValueProblem(String.valueOf(value))
              .ifPresent(why -> problems.invalid(at, String.valueOf(value), why));
        });
  }

  private static void toleration(Map<String, Object> toleration, String at, Problems problems) {
    String operator = Tree.string(toleration, "operator");
    String value = Tree.string(toleration, "value");
    if (Tree.string(toleration, "key").isEmpty() && !operator.equals("Exists")) {
      problems.invalid(
          at + ".operator",
          operator,
          "operator must be Exists when `key` is empty, which means \"match all values and all"
              + " keys\"");
    }
    if (operator.equals("Exists") && !value.isEmpty()) {
      problems.invalid(at + ".operator", value, "value must be empty when `operator` is 'Exists'");
    } else {
      problems.oneOfInOrder(at + ".operator", operator, List.of("Equal", "Exists"));
    }
    problems.oneOfInOrder(at + ".effect", Tree.string(toleration, "effect"), EFFECTS);
  }
}
