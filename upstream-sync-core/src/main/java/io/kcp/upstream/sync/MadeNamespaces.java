package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.RequestException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Namespaces that we made upstream because a copy needed one, and that are no copies themselves:
 * taken away when nothing is left to need them.
 */
final class MadeNamespaces {
  private static final Logger LOG = LoggerFactory.getLogger(MadeNamespaces.class);

  private final SyncScope scope;
  private final Writer writer;
  private final Mark mark;
  private final Contents contents;

  MadeNamespaces(SyncScope scope, Writer writer) {
    this.scope = scope;
    this.writer = writer;
    this.mark = new Mark(scope.targetKey().label());
    this.contents = new Contents(scope.clusters(), mark);
  }

  /** A copy went because its physical object is gone: its namespace may have gone with it. */
  void left(Item item) throws InterruptedException {
    String namespace = item.upstream().namespace();
    if (namespace.isEmpty() || isFilled(item)) {
      return;
    }
    try {
      Optional<ObjectTree> live =
          isPhysicallyThere(item.key().namespace())
              ? Optional.empty()
              : Reads.find(scope.clusters().workspace(), Namespaces.TYPE, "", namespace);
      if (live.isPresent()) {
        take(live.get());
      }
    } catch (RequestException e) {
      // The copy is gone, which is what matters; the SyncTarget's own end looks for it again.
      LOG.debug("namespace {} stays: {}", namespace, e.getMessage());
    }
  }

  /** Whether an object of ours is a namespace that is no copy. */
  static boolean isMade(ResourceType type, ObjectTree ours) {
    return type.resource().equals(Namespaces.TYPE.resource()) && Mark.physicalUid(ours).isEmpty();
  }

  private void take(ObjectTree namespace) throws InterruptedException {
    boolean made = mark.isOn(namespace) && isMade(Namespaces.TYPE, namespace);
    if (!made || Mark.isBeingDeleted(namespace) || Mark.isFrozen(namespace)) {
      return;
    }
    if (contents.objection(Namespaces.TYPE, namespace).isEmpty()) {
      writer.delete(Namespaces.TYPE, namespace);
    }
  }

  private boolean isFilled(Item item) {
    for (GroupResource resource : scope.mirrors().resources()) {
      Optional<Mirror> copies = scope.mirrors().upstream(resource);
      boolean others =
          copies.stream()
              .flatMap(mirror -> mirror.entries(item.upstream().namespace()).stream())
              .anyMatch(
                  entry ->
                      !resource.equals(item.key().resource())
                          || !entry.name().equals(item.upstream().name()));
      if (others) {
        return true;
      }
    }
    return false;
  }

  private boolean isPhysicallyThere(String namespace) throws InterruptedException {
    return Reads.find(scope.clusters().physical(), Namespaces.TYPE, "", namespace).isPresent();
  }
}
