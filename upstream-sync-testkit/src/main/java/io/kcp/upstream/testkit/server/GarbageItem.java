package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.ManagedFields;
import io.kcp.upstream.testkit.apply.Manager;
import io.kcp.upstream.testkit.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the garbage collector does to one object, seen in one state. Everything returns false when
 * the object is no longer in that state.
 */
record GarbageItem(Server server, LogicalCluster cluster, Resource resource, Stored object) {
  private static final String MANAGER = "kube-controller-manager";

  Place place() {
    return new Place(EventConversion.shelf(resource.id()), object.key());
  }

  /** Deletes it, with everything that waits for such a deletion. */
  boolean delete(String propagation) {
    String policy =
        Meta.finalizers(object.tree()).contains("orphan") && propagation.isEmpty()
            ? "Orphan"
            : propagation.isEmpty() ? "Background" : propagation;
    Map<String, Object> tree = object.tree();
    DeleteOptions options =
        new DeleteOptions(Meta.uid(tree), Meta.version(tree), policy, false, null);
    try {
      var unused = Deletion.delete(call(), options, object.key().name());
      return true;
    } catch (ApiException e) {
      if (e.code() == 404 || e.code() == 403) {
        return true; // gone, or never to go, like the default namespace
      }
      if (e.code() == 409) {
        return false;
      }
      throw e;
    }
  }

  private Call call() {
    Version version = resource.storage();
    ObjectKey key = object.key();
    RequestPath path =
        new RequestPath(
            resource.group(),
            version.name(),
            key.namespace(),
            resource.id().name(),
            key.name(),
            "",
            false);
    HttpRequest request = new HttpRequest("DELETE", "", "", Map.of(), new byte[0]);
    Query query = new Query(Map.of());
    return new Call(server, cluster, path, resource, version, query, request, new ArrayList<>());
  }

  /** Takes a finalizer off; the last one lets the object go. */
  boolean release(String finalizer) {
    List<String> rest = new ArrayList<>(Meta.finalizers(object.tree()));
    rest.remove(finalizer);
    Map<String, Object> released =
        Tree.with(
            object.tree(), rest.isEmpty() ? null : List.copyOf(rest), "metadata", "finalizers");
    if (Deletion.isDue(released)) {
      return server.store().delete(place().resource(), object) != null;
    }
    return write(released);
  }

  /** Takes these owners off. */
  boolean disown(List<OwnerReference> owners) {
    return owners.isEmpty() || write(OwnerReference.without(object.tree(), owners));
  }

  boolean unblocked() {
    return OwnerReference.of(object.tree()).stream().noneMatch(OwnerReference::blocks);
  }

  /** No owner waits for it any more. */
  boolean unblock() {
    return write(OwnerReference.unblocked(object.tree()));
  }

  private boolean write(Map<String, Object> changed) {
    Version version = resource.storage();
    Manager manager = new Manager(MANAGER, resource.apiVersion(version), "");
    Map<String, Object> managed =
        ManagedFields.afterUpdate(
            object.tree(), changed, manager, version.schema(), server.instant());
    return server.store().replace(place().resource(), object, managed) != null;
  }
}
