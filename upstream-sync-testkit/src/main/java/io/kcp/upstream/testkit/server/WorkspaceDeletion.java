package io.kcp.upstream.testkit.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Deletes a workspace as kcp does: its contents kind by kind, CRDs last, then itself. */
final class WorkspaceDeletion {
  private static final long STEP_MILLIS = 20;

  /** How long an emptied workspace still answers. */
  private static final long EMPTY_MILLIS = 300;

  private final Server server;
  private final LogicalCluster cluster;
  private final Runnable last;
  private final Deque<ResourceName> left = new ArrayDeque<>();

  /**
   * @param last takes the workspace away
   */
  WorkspaceDeletion(Server server, LogicalCluster cluster, Runnable last) {
    this.server = server;
    this.cluster = cluster;
    this.last = last;
  }

  void start() {
    left.addAll(server.store().resources());
    left.remove(CrdController.CRDS);
    later(this::step, 0);
  }

  private void step() {
    Scope all = new Scope(cluster.name(), "");
    while (!left.isEmpty()) {
      ResourceName resource = left.remove();
      var items = server.store().list(resource, all).items();
      items.forEach(item -> server.store().delete(resource, item));
      if (!items.isEmpty()) {
        later(this::step, STEP_MILLIS);
        return;
      }
    }
    later(this::finish, EMPTY_MILLIS);
  }

  private void finish() {
    last.run();
    Scope all = new Scope(cluster.name(), "");
    for (ResourceName resource : server.store().resources()) {
      for (Stored item : server.store().list(resource, all).items()) {
        server.store().delete(resource, item);
      }
      server.store().endWatches(resource, scope -> scope.cluster().equals(cluster.name()));
    }
  }

  private void later(Runnable action, long millis) {
    var unused =
        server
            .timer()
            .schedule(() -> server.workers().execute(action), millis, TimeUnit.MILLISECONDS);
  }
}
