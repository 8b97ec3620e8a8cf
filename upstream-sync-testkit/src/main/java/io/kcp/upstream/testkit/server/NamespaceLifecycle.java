package io.kcp.upstream.testkit.server;

import java.util.List;
import java.util.Map;

/** Empties namespaces that are being deleted, and lets them go when they are empty. */
final class NamespaceLifecycle {
  private static final ResourceName NAMESPACES = NamespaceGate.NAMESPACES;

  private final Server server;
  private final Controller<ObjectKey> queue;

  NamespaceLifecycle(Server server) {
    this.server = server;
    this.queue = new Controller<>(server.workers(), this::sweep);
  }

  void start() {
    server.store().onChange(this::noteChange);
  }

  private void noteChange(Change change) {
    if (change.resource().equals(NAMESPACES)) {
      Stored after = change.after();
      if (after != null && Meta.isDeleting(after.tree())) {
        queue.enqueue(after.key());
      }
    } else if (change.after() == null && !change.key().namespace().isEmpty()) {
      queue.enqueue(new ObjectKey(change.key().cluster(), "", change.key().namespace()));
    }
  }

  private void sweep(ObjectKey key) {
    Stored namespace = server.store().get(NAMESPACES, key);
    if (namespace == null || !Meta.isDeleting(namespace.tree())) {
      return;
    }
    Scope inside = new Scope(key.cluster(), key.name());
    boolean empty = true;
    for (ResourceName resource : server.store().resources()) {
      if (!resource.equals(NAMESPACES)) {
        List<Stored> items = server.store().list(resource, inside).items();
        items.forEach(item -> ObjectRemoval.begin(server, resource, item));
        empty &= server.store().list(resource, inside).items().isEmpty();
      }
    }
    if (empty) {
      release(namespace);
    }
  }

  private void release(Stored namespace) {
    Map<String, Object> tree = namespace.tree();
    if (Meta.finalizers(tree).isEmpty()) {
      server.store().delete(NAMESPACES, namespace);
    } else if (Tree.has(tree, "spec", "finalizers")) {
      server.store().replace(NAMESPACES, namespace, Tree.without(tree, "spec", "finalizers"));
    }
  }
}
