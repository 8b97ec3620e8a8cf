package io.kcp.upstream.testkit.server;

import java.util.List;
import java.util.Map;

/** Warns of versions that are on their way out, and of surprising defaults. */
final class Deprecation {
  private static final Map<String, String> BUILT_IN =
      Map.of(
          "endpoints",
          "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
          "componentstatuses",
          "v1 ComponentStatus is deprecated in v1.19+");

  private Deprecation() {}

  static void warn(Call call) {
    List<String> warnings = call.warnings();
    String builtIn = BUILT_IN.get(call.resource().id().qualified());
    if (builtIn != null) {
      warnings.add(builtIn);
    }
    if (Tree.isTrue(call.version().crd(), "deprecated")) {
      String text = Tree.string(call.version().crd(), "deprecationWarning");
      warnings.add(
          text.isEmpty()
              ? call.apiVersion() + " " + call.resource().kind() + " is deprecated"
              : text);
    }
  }
}
