package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a server warns of in a pod's containers: ports that stand twice. */
final class PodWarnings {
  /** Where a port stands. */
  private record Port(String path, Map<String, Object> fields) {
    String number() {
      return fields.get("containerPort") + "/" + Tree.string(fields, "protocol");
    }

    long hostPort() {
      return Tree.number(fields, 0, "hostPort");
    }

    String hostAddress() {
      return Tree.string(fields, "hostIP");
    }

    String name() {
      return Tree.string(fields, "name");
    }
  }

  private PodWarnings() {}

  /** For an object that has a pod's spec, or a template of one. */
  static List<String> of(ResourceName resource, Map<String, Object> object) {
    return switch (resource.qualified()) {
      case "pods" -> ofPorts(ports(Tree.map(object, "spec"), "spec"));
      case "deployments.apps",
          "replicasets.apps",
          "daemonsets.apps",
          "statefulsets.apps",
          "jobs.batch",
          "replicationcontrollers" -> {
        Map<String, Object> spec = Tree.map(object, "spec", "template", "spec");
        yield ofPorts(ports(spec, "spec.template.spec"));
      }
      case "cronjobs.batch" -> {
        Map<String, Object> spec =
            Tree.map(object, "spec", "jobTemplate", "spec", "template", "spec");
        yield ofPorts(ports(spec, "spec.jobTemplate.spec.template.spec"));
      }
      default -> List.of();
    };
  }

  private static List<List<Port>> ports(Map<String, Object> spec, String path) {
    List<List<Port>> all = new ArrayList<>();
    for (String kind : List.of("initContainers", "containers")) {
      List<Map<String, Object>> containers = Tree.maps(spec, kind);
      for (int i = 0; i < containers.size(); i++) {
        List<Map<String, Object>> ports = Tree.maps(containers.get(i), "ports");
        List<Port> ofOne = new ArrayList<>();
        for (int j = 0; j < ports.size(); j++) {
          String at = "%s.%s[%d].ports[%d]".formatted(path, kind, i, j);
          ofOne.add(new Port(at, ports.get(j)));
        }
        all.add(ofOne);
      }
    }
    return all;
  }

  private static List<String> ofPorts(List<List<Port>> containers) {
    List<String> warnings = new ArrayList<>();
    Map<String, List<Port>> earlier = new HashMap<>();
    for (List<Port> container : containers) {
      for (Port port : container) {
        List<Port> others = earlier.computeIfAbsent(port.number(), number -> new ArrayList<>());
        others.forEach(other -> compare(port, other, warnings));
        others.add(port);
      }
    }
    Map<String, String> names = new HashMap<>();
    for (List<Port> container : containers) {
      for (Port port : container) {
        String first = port.name().isEmpty() ? null : names.putIfAbsent(port.name(), port.path());
        if (first != null) {
          warnings.add(
              "%s: duplicate port name \"%s\" with %s, services and probes that select ports by name will use %s"
                  .formatted(port.path(), port.name(), first, first));
        }
      }
    }
    return warnings;
  }

  private static void compare(Port port, Port other, List<String> warnings) {
    String what;
    if (port.hostAddress().equals(other.hostAddress()) && port.hostPort() == other.hostPort()) {
      what = "duplicate";
    } else if (port.hostPort() == 0 || other.hostPort() == 0) {
      what = "overlapping";
    } else if (port.hostPort() == other.hostPort()
        && port.hostAddress().isEmpty() != other.hostAddress().isEmpty()) {
      what = "dangerously ambiguous";
    } else {
      return;
    }
    warnings.add("%s: %s port definition with %s".formatted(port.path(), what, other.path()));
  }
}
