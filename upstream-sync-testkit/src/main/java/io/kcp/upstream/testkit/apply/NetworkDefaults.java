package io.kcp.upstream.testkit.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The defaults of the kinds about networks. */
final class NetworkDefaults {
  private static final long THREE_HOURS = 10_800;

  private NetworkDefaults() {}

  static void service(Map<String, Object> service) {
    Map<String, Object> spec = Defaults.make(service, "spec");
    Defaults.set(spec, "sessionAffinity", "None");
    Defaults.set(spec, "type", "ClusterIP");
    if ("ClientIP".equals(spec.get("sessionAffinity"))) {
      Map<String, Object> config = Defaults.make(spec, "sessionAffinityConfig");
      Defaults.set(Defaults.make(config, "clientIP"), "timeoutSeconds", THREE_HOURS);
    } else {
      spec.remove("sessionAffinityConfig");
    }
    Defaults.each(
        spec,
        "ports",
        port -> {
          Defaults.set(port, "protocol", "TCP");
          Object target = port.get("targetPort");
          boolean unset = target == null || target.equals(0L) || target.equals("");
          if (unset && port.get("port") != null) {
            port.put("targetPort", port.get("port"));
          }
        });
    String type = String.valueOf(spec.get("type"));
    if (type.equals("NodePort") || type.equals("LoadBalancer")) {
      Defaults.set(spec, "externalTrafficPolicy", "Cluster");
    }
    if (!type.equals("ExternalName")) {
      Defaults.set(spec, "internalTrafficPolicy", "Cluster");
    }
    if (type.equals("LoadBalancer")) {
      Defaults.set(spec, "allocateLoadBalancerNodePorts", true);
    }
  }

  static void endpoints(Map<String, Object> endpoints) {
    Defaults.each(endpoints, "subsets", NetworkDefaults::tcpPorts);
  }

  private static void tcpPorts(Map<String, Object> ports) {
    Defaults.each(ports, "ports", port -> Defaults.set(port, "protocol", "TCP"));
  }

  static void endpointSlice(Map<String, Object> slice) {
    tcpPorts(slice);
    Defaults.each(slice, "ports", port -> port.putIfAbsent("name", ""));
  }

  static void networkPolicy(Map<String, Object> policy) {
    Map<String, Object> spec = Defaults.make(policy, "spec");
    Defaults.each(spec, "ingress", NetworkDefaults::tcpPorts);
    Defaults.each(spec, "egress", NetworkDefaults::tcpPorts);
    if (Json.list(spec.get("policyTypes")).isEmpty()) {
      List<Object> types = new ArrayList<>(List.of("Ingress"));
      if (!Json.list(spec.get("egress")).isEmpty()) {
        types.add("Egress");
      }
      spec.put("policyTypes", types);
    }
  }

  static void ingressClass(Map<String, Object> ingressClass) {
    Defaults.within(
        Defaults.make(ingressClass, "spec"),
        "parameters",
        parameters -> Defaults.set(parameters, "scope", "Cluster"));
  }
}
