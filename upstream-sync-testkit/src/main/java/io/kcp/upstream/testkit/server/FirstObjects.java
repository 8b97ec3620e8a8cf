package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.BuiltInDefaults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is there in a new server or workspace. */
final class FirstObjects {
  private static final List<String> NAMESPACES =
      List.of("default", "kube-node-lease", "kube-public", "kube-system");
  private static final List<String> KCP_NAMESPACES = List.of("default", "kube-system");

  private FirstObjects() {}

  static void create(Server server, String cluster) {
    for (String name : server.kcp() ? KCP_NAMESPACES : NAMESPACES) {
      Map<String, Object> namespace = object(server, "Namespace", "", name);
      namespace = Tree.with(namespace, name, "metadata", "labels", "kubernetes.io/metadata.name");
      namespace = Tree.with(namespace, List.of("kubernetes"), "spec", "finalizers");
      namespace = Tree.with(namespace, "Active", "status", "phase");
      store(server, "namespaces", new ObjectKey(cluster, "", name), namespace);
    }
    if (!server.kcp()) {
      store(server, "services", new ObjectKey(cluster, "default", "kubernetes"), service(server));
    }
  }

  private static Map<String, Object> service(Server server) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("clusterIP", "10.96.0.1");
    spec.put("clusterIPs", List.of("10.96.0.1"));
    spec.put("ipFamilies", List.of("IPv4"));
    spec.put("ipFamilyPolicy", "SingleStack");
    spec.put(
        "ports",
        List.of(
            new LinkedHashMap<>(
                Map.of("name", "https", "port", 443L, "protocol", "TCP", "targetPort", 6443L))));
    spec.put("type", "ClusterIP");
    Map<String, Object> service = object(server, "Service", "default", "kubernetes");
    service = Tree.with(service, "apiserver", "metadata", "labels", "component");
    service = Tree.with(service, "kubernetes", "metadata", "labels", "provider");
    service = Tree.with(service, spec, "spec");
    service = Tree.with(service, Map.of(), "status", "loadBalancer");
    return BuiltInDefaults.apply("", "Service", service);
  }

  private static Map<String, Object> object(
      Server server, String kind, String namespace, String name) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", server.now());
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", kind);
    object.put("apiVersion", "v1");
    object.put("metadata", metadata);
    return object;
  }

  private static void store(
      Server server, String resource, ObjectKey key, Map<String, Object> object) {
    server.store().create(new ResourceName("", resource), key, object, () -> {});
  }
}
