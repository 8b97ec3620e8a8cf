package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the owners that an object names, in its own logical cluster and namespace. */
final class OwnerLookup {
  private final Store store;
  private final LogicalCluster cluster;

  OwnerLookup(Store store, LogicalCluster cluster) {
    this.store = store;
    this.cluster = cluster;
  }

  /**
   * What has become of an object's owners.
   *
   * @param solid are there
   * @param dangling are not
   * @param waiting are being deleted and wait for their dependents
   */
  record Owners(
      List<OwnerReference> solid, List<OwnerReference> dangling, List<OwnerReference> waiting) {}

  /** Null when it can't be said: of a kind that is not served, or out of reach. */
  @Nullable Owners of(ObjectKey dependent, List<OwnerReference> references) {
    Owners owners = new Owners(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (OwnerReference reference : references) {
      Place place = place(dependent, reference);
      if (place == null) {
        return null;
      }
      Stored owner = store.get(place.resource(), place.key());
      if (owner == null || !Meta.uid(owner.tree()).equals(reference.uid())) {
        owners.dangling().add(reference);
      } else if (GarbageCollector.deletesDependents(owner.tree())) {
        owners.waiting().add(reference);
      } else {
        owners.solid().add(reference);
      }
    }
    return owners;
  }

  /**
   * Where the owner would be stored; null when its kind is not served, or is namespaced and the
   * dependent is not.
   */
  @Nullable Place place(ObjectKey dependent, OwnerReference reference) {
    Resource resource =
        cluster.registry().in(reference.group(), reference.version()).stream()
            .filter(candidate -> candidate.kind().equals(reference.kind()))
            .findFirst()
            .orElse(null);
    if (resource == null || (resource.namespaced() && dependent.namespace().isEmpty())) {
      return null;
    }
    String namespace = resource.namespaced() ? dependent.namespace() : "";
    return new Place(
        EventConversion.shelf(resource.id()),
        new ObjectKey(cluster.name(), namespace, reference.name()));
  }
}
