package io.kcp.upstream.testkit.server;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Deletes objects all of whose owners are gone, or never were, and carries out deletions in the
 * foreground and those that leave orphans. Owners are told apart by UID; one of a kind that is not
 * served counts as there.
 */
final class GarbageCollector {
  private static final String FOREGROUND = "foregroundDeletion";
  private static final String ORPHAN = "orphan";

  private final Server server;
  private final Function<String, @Nullable LogicalCluster> clusters;
  private final Controller<Place> queue;
  private final Dependents dependents = new Dependents();
  private final Set<Place> undecided = ConcurrentHashMap.newKeySet();

  /**
   * @param clusters finds a logical cluster by its name, null when it is gone or going
   */
  GarbageCollector(Server server, Function<String, @Nullable LogicalCluster> clusters) {
    this.server = server;
    this.clusters = clusters;
    this.queue = new Controller<>(server.workers(), this::collect);
  }

  void start() {
    server.store().onChange(this::noteChange);
  }

  /** Whether an object is being deleted and waits for its dependents to go first. */
  static boolean deletesDependents(Map<String, Object> object) {
    return Meta.isDeleting(object) && Meta.finalizers(object).contains(FOREGROUND);
  }

  private void noteChange(Change change) {
    Place place = new Place(change.resource(), change.key());
    List<OwnerReference> before = owners(change.before());
    List<OwnerReference> after = owners(change.after());
    if (!before.equals(after)) {
      dependents.remove(place, before);
      dependents.add(place, after);
      before.forEach(owner -> enqueueOwner(change.key(), owner));
    }
    if (change.after() == null) {
      Stored gone = change.before();
      if (gone != null) {
        enqueueDependents(gone);
      }
    } else {
      noteState(place, change.after(), !before.equals(after));
    }
    if (change.resource().equals(CrdController.CRDS)) {
      List.copyOf(undecided).forEach(queue::enqueue);
    }
  }

  private void noteState(Place place, Stored object, boolean otherOwners) {
    if (deletesDependents(object.tree())) {
      enqueueDependents(object);
      queue.enqueue(place);
    } else if (otherOwners || leavesOrphans(object.tree())) {
      queue.enqueue(place);
    }
  }

  private static List<OwnerReference> owners(@Nullable Stored object) {
    return object == null ? List.of() : OwnerReference.of(object.tree());
  }

  private static boolean leavesOrphans(Map<String, Object> object) {
    return Meta.isDeleting(object) && Meta.finalizers(object).contains(ORPHAN);
  }

  private void enqueueDependents(Stored owner) {
    dependentsOf(owner).forEach(queue::enqueue);
  }

  private List<Place> dependentsOf(Stored owner) {
    return dependents.of(owner.key().cluster(), Meta.uid(owner.tree()));
  }

  private void enqueueOwner(ObjectKey dependent, OwnerReference owner) {
    LogicalCluster cluster = clusters.apply(dependent.cluster());
    if (cluster != null) {
      Place place = new OwnerLookup(server.store(), cluster).place(dependent, owner);
      if (place != null) {
        queue.enqueue(place);
      }
    }
  }

  private void collect(Place place) {
    undecided.remove(place);
    Stored object = server.store().get(place.resource(), place.key());
    LogicalCluster cluster = clusters.apply(place.key().cluster());
    Resource resource = cluster == null ? null : cluster.registry().find(place.resource());
    if (object == null || cluster == null || resource == null) {
      return;
    }
    GarbageItem item = new GarbageItem(server, cluster, resource, object);
    boolean done = true;
    if (leavesOrphans(object.tree())) {
      done = leaveOrphans(item, cluster);
    } else if (deletesDependents(object.tree())) {
      done = mayGo(item) ? item.release(FOREGROUND) : true;
    } else if (!Meta.isDeleting(object.tree())) {
      done = judge(item, cluster);
    }
    if (!done) {
      queue.enqueue(place); // it changed meanwhile
    }
  }

  /** Whether no dependent holds back an owner that is deleted in the foreground. */
  private boolean mayGo(GarbageItem item) {
    String uid = Meta.uid(item.object().tree());
    return dependentsOf(item.object()).stream()
        .map(place -> server.store().get(place.resource(), place.key()))
        .flatMap(dependent -> owners(dependent).stream())
        .noneMatch(owner -> owner.uid().equals(uid) && owner.blocks());
  }

  private boolean leaveOrphans(GarbageItem item, LogicalCluster cluster) {
    String uid = Meta.uid(item.object().tree());
    boolean done = true;
    for (Place place : dependentsOf(item.object())) {
      Stored dependent = server.store().get(place.resource(), place.key());
      Resource resource = cluster.registry().find(place.resource());
      if (dependent != null && resource != null) {
        List<OwnerReference> left =
            owners(dependent).stream().filter(owner -> owner.uid().equals(uid)).toList();
        done &= new GarbageItem(server, cluster, resource, dependent).disown(left);
      }
    }
    return done && item.release(ORPHAN);
  }

  private boolean judge(GarbageItem item, LogicalCluster cluster) {
    Stored object = item.object();
    List<OwnerReference> references = owners(object);
    if (references.isEmpty()) {
      return true;
    }
    OwnerLookup.Owners owners =
        new OwnerLookup(server.store(), cluster).of(object.key(), references);
    if (owners == null) {
      undecided.add(item.place());
      return true;
    }
    if (!owners.solid().isEmpty()) {
      return item.disown(owners.dangling()) && item.disown(owners.waiting());
    }
    if (owners.waiting().isEmpty() || dependentsOf(object).isEmpty()) {
      return item.delete(Meta.finalizers(object.tree()).contains(FOREGROUND) ? "Foreground" : "");
    }
    if (isInCircle(object) && !item.unblocked()) {
      return item.unblock();
    }
    return item.delete("Foreground");
  }

  /** Whether a dependent waits for this one to go, as this one waits for the dependent. */
  private boolean isInCircle(Stored object) {
    return dependentsOf(object).stream()
        .map(place -> server.store().get(place.resource(), place.key()))
        .anyMatch(dependent -> dependent != null && deletesDependents(dependent.tree()));
  }
}
