package io.kcp.upstream.testkit.server;

import java.util.List;
import java.util.Map;

/** The rules for the probes of a container. */
final class ProbeValidation {
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");
  private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
  private static final List<String> NUMBERS =
      List.of(
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold");

  private ProbeValidation() {}

  /**
   * @param at where the container is
   */
  static void check(Map<String, Object> container, String at, Problems problems) {
    for (String probe : PROBES) {
      if (container.containsKey(probe)) {
        check(Tree.map(container, probe), at + "." + probe, probe, problems);
      }
    }
  }

  private static void check(Map<String, Object> probe, String at, String kind, Problems problems) {
    handlers(probe, at, problems);
    for (String number : NUMBERS) {
      long value = Tree.number(probe, 0, number);
      if (value < 0) {
        problems.invalid(at + "." + number, value, "must be greater than or equal to 0");
      }
    }
    long successes = Tree.number(probe, 1, "successThreshold");
    if (!kind.equals("readinessProbe") && successes > 1) {
      problems.invalid(at + ".successThreshold", successes, "must be 1");
    }
  }

  private static void handlers(Map<String, Object> probe, String at, Problems problems) {
    boolean found = false;
    for (String handler : HANDLERS) {
      if (probe.containsKey(handler)) {
        if (found) {
          problems.forbidden(at + "." + handler, "may not specify more than 1 handler type");
        } else if (handler.equals("exec")) {
          if (Tree.list(probe, "exec", "command").isEmpty()) {
            problems.required(at + ".exec.command");
          }
        } else {
          problems.port(at + "." + handler + ".port", Tree.get(probe, handler, "port"));
        }
        found = true;
      }
    }
    if (!found) {
      problems.required(at, "must specify a handler type");
    }
  }
}
