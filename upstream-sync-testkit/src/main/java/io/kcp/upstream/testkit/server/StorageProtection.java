package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Volumes and claims carry a finalizer against deletion while in use. Nothing is ever in use here,
 * so it is taken off as soon as they are being deleted.
 */
final class StorageProtection {
  private static final Map<String, String> FINALIZERS =
      Map.of(
          "persistentvolumeclaims", "kubernetes.io/pvc-protection",
          "persistentvolumes", "kubernetes.io/pv-protection",
          "volumeattributesclasses.storage.k8s.io", "kubernetes.io/vac-protection");

  private record Item(ResourceName resource, ObjectKey key) {}

  private final Server server;
  private final Controller<Item> queue;

  StorageProtection(Server server) {
    this.server = server;
    this.queue = new Controller<>(server.workers(), this::release);
  }

  void start() {
    server
        .store()
        .onChange(
            change -> {
              if (FINALIZERS.containsKey(change.resource().qualified())
                  && change.after() != null
                  && Meta.isDeleting(change.after().tree())) {
                queue.enqueue(new Item(change.resource(), change.key()));
              }
            });
  }

  static Map<String, Object> protect(ResourceName resource, Map<String, Object> object) {
    String finalizer = FINALIZERS.get(resource.qualified());
    if (finalizer == null || Meta.finalizers(object).contains(finalizer)) {
      return object;
    }
    List<String> finalizers = new ArrayList<>(Meta.finalizers(object));
    finalizers.add(finalizer);
    return Tree.with(object, finalizers, "metadata", "finalizers");
  }

  private void release(Item item) {
    Stored stored = server.store().get(item.resource(), item.key());
    String finalizer = FINALIZERS.getOrDefault(item.resource().qualified(), "");
    if (stored == null || !Meta.finalizers(stored.tree()).contains(finalizer)) {
      return;
    }
    List<String> rest = new ArrayList<>(Meta.finalizers(stored.tree()));
    rest.remove(finalizer);
    if (rest.isEmpty()) {
      server.store().delete(item.resource(), stored);
    } else {
      server
          .store()
          .replace(
              item.resource(), stored, Tree.with(stored.tree(), rest, "metadata", "finalizers"));
    }
  }
}
