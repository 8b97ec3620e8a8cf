package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.NotSelected;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.NamespaceMapping;
import io.kcp.upstream.wire.ApiRequest;
import java.util.Optional;

/** What a live look at the physical cluster says about an object whose copy may have to go. */
sealed interface Evidence {
  /** The cluster says of this very object that it is not there, and still serves its resource. */
  record Gone() implements Evidence {}

  /** It is there and not selected. */
  record Withdrawn(NotSelected why) implements Evidence {
    Finding finding() {
      return Finding.notSelected(why.reason(), why.message());
    }
  }

  /** Another object of that name took its place. */
  record Replaced() implements Evidence {}

  /** It is there and selected. */
  record Present() implements Evidence {}

  /** Nothing can be told now. */
  record Unclear(Finding why) implements Evidence {}

  /** Gathers it; each time anew, as nothing seen before counts. */
  static Evidence of(SyncScope scope, Item item, ObjectTree copy) throws InterruptedException {
    Optional<Finding> stranger = stranger(scope.clusters());
    if (stranger.isPresent()) {
      return new Unclear(stranger.get());
    }
    WorkKey key = item.key();
    if (NamespaceMapping.isStray(key.namespace()) || NamespaceMapping.isStray(key.name())) {
      return stray(scope, item);
    }
    Optional<ObjectTree> physical =
        Reads.find(
            scope.clusters().physical(), item.type().physical(), key.namespace(), key.name());
    if (physical.isPresent()) {
      return judged(scope, item, physical.get(), copy);
    }
    return scope.clusters().physicalDiscovery().servesNow(item.type().physical())
        ? new Gone()
        : new Unclear(
            Finding.pending(
                "NotServed", "the physical cluster does not serve the resource: no evidence"));
  }

  /** What belongs to no physical namespace any more: each of them is asked, live. */
  private static Evidence stray(SyncScope scope, Item item) throws InterruptedException {
    boolean itself = item.upstream().resource().equals(Namespaces.TYPE.resource());
    String upstream = itself ? item.upstream().name() : item.upstream().namespace();
    NamespaceMapping mapping = scope.transformation().namespaces();
    String next = "";
    do {
      ApiRequest list = ApiRequest.get(Namespaces.TYPE.path("")).with("limit", "500");
      ObjectTree page =
          scope
              .clusters()
              .physical()
              .send(next.isEmpty() ? list : list.with("continue", next))
              .object();
      if (page.items("items").stream().anyMatch(each -> mapping.claims(each, upstream))) {
        return new Unclear(
            Finding.pending("MirrorBehind", "a physical namespace has its place after all"));
      }
      next = page.string("metadata.continue").orElse("");
    } while (!next.isEmpty());
    return new Withdrawn(
        new NotSelected("NamespaceNotMapped", "no physical namespace belongs to " + upstream));
  }

  private static Evidence judged(SyncScope scope, Item item, ObjectTree physical, ObjectTree copy) {
    if (Mark.isFrozen(physical)) {
      return new Unclear(Deletion.frozen());
    }
    Optional<NotSelected> leftOut =
        scope.selection().leftOut(item.key().resource(), physical, scope.namespaceLabels());
    if (leftOut.isPresent()) {
      return leftOut.get().isCertain()
          ? new Withdrawn(leftOut.get())
          : new Unclear(Finding.pending(leftOut.get().reason(), leftOut.get().message()));
    }
    String made = Mark.physicalUid(copy);
    return made.isEmpty() || made.equals(Mark.uid(physical)) ? new Present() : new Replaced();
  }

  private static Optional<Finding> stranger(Clusters clusters) throws InterruptedException {
    if (clusters.physicalUid().isEmpty()) {
      return Optional.empty();
    }
    String now = clusters.physicalDiscovery().clusterUid();
    return now.equals(clusters.physicalUid().get())
        ? Optional.empty()
        : Optional.of(
            Finding.held("OtherCluster", "another physical cluster answers: nothing is deleted"));
  }
}
