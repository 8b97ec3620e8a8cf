package io.kcp.upstream;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.RequestException;
import java.util.Optional;

/**
 * Looks whether the workspace is the one that was begun with, and there at all. An emptied list
 * says nothing about that.
 */
final class WorkspaceLook {
  private static final String LOGICAL_CLUSTER =
      "/apis/core.kcp.io/v1alpha1/logicalclusters/cluster";

  private final Setup setup;
  private final String cluster;
  private boolean tellsNothing; // used by the control's thread alone

  /**
   * @param cluster the logical cluster that was begun with
   */
  WorkspaceLook(Setup setup, String cluster) {
    this.setup = setup;
    this.cluster = cluster;
  }

  /**
   * What was found.
   *
   * @param renewed whether another logical cluster is behind the path: all begins from nothing
   * @param bars whether nothing may be done until it is over
   */
  record Seen(boolean renewed, boolean bars, Trouble trouble) {
    private static final Seen FINE = new Seen(false, false, Trouble.NONE);
    private static final Seen RENEWED = new Seen(true, true, Trouble.NONE);

    private static Seen barred(String reason, String message) {
      return new Seen(false, true, new Trouble(reason, message));
    }
  }

  Seen look() throws InterruptedException {
    ObjectTree target;
    try {
      target =
          setup
              .workspace()
              .send(ApiRequest.get(TargetReader.PATH + "/" + setup.syncTarget()))
              .object();
    } catch (RequestException e) {
      return refused(e);
    }
    String now = target.annotations().getOrDefault(SyncKeys.KCP_CLUSTER, "");
    if (now.isEmpty()) {
      return Seen.FINE; // no kcp
    }
    return now.equals(cluster) ? fate() : Seen.RENEWED;
  }

  private Seen refused(RequestException e) {
    String message = String.valueOf(e.getMessage());
    if (e.saysNotFound(setup.syncTarget())) {
      return Seen.FINE; // the watch tells of it, too
    }
    if (e.code() == 404) {
      return Seen.barred("WorkspaceNotFound", message);
    }
    if (e.code() == 403) {
      boolean inactive = e.serverMessage().contains("inactive");
      return Seen.barred(inactive ? "WorkspaceInactive" : "WorkspaceForbidden", message);
    }
    return new Seen(false, false, new Trouble("WorkspaceUnreachable", message));
  }

  /** Only kcp has a LogicalCluster, and not everybody may read it. */
  private Seen fate() throws InterruptedException {
    if (tellsNothing) {
      return Seen.FINE;
    }
    try {
      Optional<String> deleted =
          setup
              .workspace()
              .send(ApiRequest.get(LOGICAL_CLUSTER))
              .object()
              .string("metadata.deletionTimestamp");
      return deleted.isEmpty()
          ? Seen.FINE
          : Seen.barred(
              "WorkspaceBeingDeleted",
              "the workspace is being deleted since " + deleted.get() + ": nothing is repaired");
    } catch (RequestException e) {
      tellsNothing = e.code() == 403 || e.code() == 404;
      return Seen.FINE;
    }
  }
}
