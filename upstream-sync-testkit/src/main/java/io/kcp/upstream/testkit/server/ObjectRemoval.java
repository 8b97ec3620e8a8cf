package io.kcp.upstream.testkit.server;

import java.util.Map;

/** Deletes what is in something that is being deleted; finalizers hold an object back. */
final class ObjectRemoval {
  private ObjectRemoval() {}

  static void begin(Server server, ResourceName resource, Stored item) {
    Map<String, Object> tree = item.tree();
    if (Meta.finalizers(tree).isEmpty()) {
      server.store().delete(resource, item);
    } else if (!Meta.isDeleting(tree)) {
      Map<String, Object> marked = Tree.with(tree, server.now(), "metadata", "deletionTimestamp");
      marked = Tree.with(marked, 0L, "metadata", "deletionGracePeriodSeconds");
      long generation = Tree.number(tree, 0, "metadata", "generation");
      if (generation > 0) {
        marked = Tree.with(marked, generation + 1, "metadata", "generation");
      }
      server.store().replace(resource, item, marked);
    }
  }
}
