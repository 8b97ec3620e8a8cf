package io.kcp.upstream.testkit.server;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The commonest rules for services. */
final class ServiceValidation {
  private static final List<String> TYPES =
      List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]+");

  private ServiceValidation() {}

  static void check(
      @Nullable Map<String, Object> live, Map<String, Object> object, Problems problems) {
    String type = Tree.string(object, "spec", "type");
    String address = Tree.string(object, "spec", "clusterIP");
    List<Map<String, Object>> ports = Tree.maps(object, "spec", "ports");
    boolean external = type.equals("ExternalName");
    if (ports.isEmpty() && !external && !address.equals("None")) {
      problems.required("spec.ports");
    }
    if (external && Tree.string(object, "spec", "externalName").isEmpty()) {
      problems.required("spec.externalName");
    }
    problems.oneOf("spec.type", type, TYPES);
    if (!address.isEmpty() && !address.equals("None") && !ADDRESS.matcher(address).matches()) {
      problems.invalid(
          "spec.clusterIPs[0]",
          address,
          "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    }
    problems.oneOf(
        "spec.sessionAffinity",
        Tree.string(object, "spec", "sessionAffinity"),
        List.of("ClientIP", "None"));
    PlacementValidation.labels(Tree.map(object, "spec", "selector"), "spec.selector", problems);
    ports(ports, problems);
    if (live == null && type.equals("ClusterIP")) {
      for (int i = 0; i < ports.size(); i++) {
        if (Tree.number(ports.get(i), 0, "nodePort") > 0) {
          problems.forbidden(
              "spec.ports[" + i + "].nodePort", "may not be used when `type` is 'ClusterIP'");
        }
      }
    }
    String was = live == null ? "" : Tree.string(live, "spec", "clusterIP");
    if (!external && !was.isEmpty() && !was.equals(address)) {
      problems.invalid("spec.clusterIPs[0]", List.of(address), "may not change once set");
    }
  }

  private static void ports(List<Map<String, Object>> ports, Problems problems) {
    Set<String> seen = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      Map<String, Object> port = ports.get(i);
      String at = "spec.ports[" + i + "]";
      String name = Tree.string(port, "name");
      if (name.isEmpty() && ports.size() > 1) {
        problems.required(at + ".name");
      } else if (!name.isEmpty() && !names.add(name)) {
        problems.duplicate(at + ".name", name);
      }
      problems.port(at + ".port", port.get("port"));
      problems.port(at + ".targetPort", port.get("targetPort"));
      String key = port.get("port") + "/" + Tree.string(port, "protocol");
      if (!seen.add(key)) {
        problems.duplicate(at, port);
      }
    }
  }
}
