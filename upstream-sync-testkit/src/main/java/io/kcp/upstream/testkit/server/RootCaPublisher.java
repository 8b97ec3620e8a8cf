package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.ManagedFields;
import io.kcp.upstream.testkit.apply.Manager;
import io.kcp.upstream.testkit.apply.Schema;
import io.kcp.upstream.testkit.apply.Schemas;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/** Keeps the ConfigMap {@code kube-root-ca.crt} in every namespace, its content as it shall be. */
final class RootCaPublisher {
  private static final ResourceName CONFIG_MAPS = new ResourceName("", "configmaps");
  private static final String NAME = "kube-root-ca.crt";
  private static final String CONTENT = "ca.crt";
  private static final String CERTIFICATE = Json.text("root-ca.crt");
  private static final Manager SELF = new Manager("kube-controller-manager", "v1", "");
  private static final Schema SCHEMA = Schemas.builtIn("", "v1", "ConfigMap");
  private static final String DESCRIPTION =
      "Contains a CA bundle that can be used to verify the kube-apiserver when using internal"
          + " endpoints such as the internal service IP or kubernetes.default.svc. No other usage"
          + " is guaranteed across distributions of Kubernetes clusters.";

  private final Server server;
  private final Predicate<String> living;
  private final Controller<ObjectKey> queue;

  /**
   * @param living whether the logical cluster of this name is there, and not about to go
   */
  RootCaPublisher(Server server, Predicate<String> living) {
    this.server = server;
    this.living = living;
    this.queue = new Controller<>(server.workers(), this::publish);
  }

  void start() {
    server.store().onChange(this::noteChange);
  }

  private void noteChange(Change change) {
    ObjectKey key = change.key();
    if (change.resource().equals(NamespaceGate.NAMESPACES) && change.after() != null) {
      queue.enqueue(new ObjectKey(key.cluster(), key.name(), NAME));
    } else if (change.resource().equals(CONFIG_MAPS) && key.name().equals(NAME)) {
      queue.enqueue(key);
    }
  }

  private void publish(ObjectKey key) {
    Stored namespace =
        server
            .store()
            .get(NamespaceGate.NAMESPACES, new ObjectKey(key.cluster(), "", key.namespace()));
    if (namespace == null || Meta.isDeleting(namespace.tree()) || !living.test(key.cluster())) {
      return;
    }
    Stored live = server.store().get(CONFIG_MAPS, key);
    Map<String, Object> before = live == null ? object(key) : live.tree();
    Map<String, Object> wanted = Tree.with(before, CERTIFICATE, "data", CONTENT);
    if (live != null && wanted.equals(before)) {
      return;
    }
    Map<String, Object> managed =
        ManagedFields.afterUpdate(
            live == null ? null : before, wanted, SELF, SCHEMA, server.instant());
    Stored after =
        live == null
            ? server.store().create(CONFIG_MAPS, key, managed, () -> {})
            : server.store().replace(CONFIG_MAPS, live, managed);
    if (after == null) {
      queue.enqueue(key); // somebody else was faster
    }
  }

  private Map<String, Object> object(ObjectKey key) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", key.name());
    metadata.put("namespace", key.namespace());
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", server.now());
    metadata.put("annotations", Map.of("kubernetes.io/description", DESCRIPTION));
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", "ConfigMap");
    object.put("apiVersion", "v1");
    object.put("metadata", metadata);
    return object;
  }
}
