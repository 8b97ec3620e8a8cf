package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.ManagedFields;
import io.kcp.upstream.testkit.apply.Manager;
import io.kcp.upstream.testkit.apply.Schema;
import io.kcp.upstream.testkit.apply.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Serves what CRDs define, and takes it away with them. */
final class CrdController {
  static final ResourceName CRDS =
      new ResourceName("apiextensions.k8s.io", "customresourcedefinitions");
  static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

  private static final Manager SELF =
      new Manager("kube-apiserver", "apiextensions.k8s.io/v1", "status");
  private static final Schema SCHEMA =
      Schemas.builtIn("apiextensions.k8s.io", "v1", "CustomResourceDefinition");

  private final Server server;
  private final Function<String, @Nullable LogicalCluster> clusters;
  private final Controller<ObjectKey> queue;

  /**
   * @param clusters finds a logical cluster by its name
   */
  CrdController(Server server, Function<String, @Nullable LogicalCluster> clusters) {
    this.server = server;
    this.clusters = clusters;
    this.queue = new Controller<>(server.workers(), this::reconcile);
  }

  void start() {
    server.store().onChange(this::noteChange);
  }

  private void noteChange(Change change) {
    if (change.resource().equals(CRDS)) {
      if (change.after() != null) {
        queue.enqueue(change.key());
      }
    } else if (change.after() == null) { // a CRD may have waited for it
      queue.enqueue(new ObjectKey(change.key().cluster(), "", crdName(change.resource())));
    }
  }

  /** The name that the CRD of a resource has to have. */
  static String crdName(ResourceName resource) {
    return resource.name() + "." + (resource.group().isEmpty() ? "core" : resource.group());
  }

  private void reconcile(ObjectKey key) {
    Stored crd = server.store().get(CRDS, key);
    LogicalCluster cluster = clusters.apply(key.cluster());
    if (crd == null || cluster == null) {
      return;
    }
    if (Meta.isDeleting(crd.tree())) {
      remove(crd, cluster);
    } else {
      serve(crd, cluster);
    }
  }

  private void serve(Stored crd, LogicalCluster cluster) {
    Map<String, Object> tree = crd.tree();
    ResourceName name = CustomResource.name(tree);
    if (cluster.registry().isBuiltIn(name)) {
      String why = "\"" + name.name() + "\" is already in use";
      store(crd, CrdStatus.refused(tree, server.now(), why), () -> {});
      return;
    }
    Resource served = CustomResource.of(tree);
    // In one: nobody finds it served before it says so, nor the other way round.
    store(crd, CrdStatus.established(tree, server.now()), () -> cluster.registry().serve(served));
  }

  private void store(Stored crd, Map<String, Object> updated, Runnable along) {
    Map<String, Object> tree = crd.tree();
    if (updated.equals(tree)) {
      along.run();
      return;
    }
    Map<String, Object> owned =
        ManagedFields.afterUpdate(tree, updated, SELF, SCHEMA, server.instant());
    server.store().replace(CRDS, crd, owned, along);
  }

  private void remove(Stored crd, LogicalCluster cluster) {
    ResourceName name = CustomResource.name(crd.tree());
    Scope all = new Scope(cluster.name(), "");
    if (!cluster.registry().isBuiltIn(name)) {
      for (Stored item : server.store().list(name, all).items()) {
        ObjectRemoval.begin(server, name, item);
      }
      if (!server.store().list(name, all).items().isEmpty()) {
        return;
      }
      cluster.registry().unserve(name);
      server.store().endWatches(name, scope -> scope.cluster().equals(cluster.name()));
    }
    List<String> finalizers = new ArrayList<>(Meta.finalizers(crd.tree()));
    finalizers.remove(CLEANUP);
    if (finalizers.isEmpty()) {
      server.store().delete(CRDS, crd);
    } else if (finalizers.size() < Meta.finalizers(crd.tree()).size()) {
      Map<String, Object> rest =
          Tree.with(crd.tree(), List.copyOf(finalizers), "metadata", "finalizers");
      server.store().replace(CRDS, crd, rest);
    }
  }
}
