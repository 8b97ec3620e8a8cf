package io.kcp.upstream;

import io.kcp.upstream.discovery.DiscoveryClient;
import io.kcp.upstream.wire.RequestException;

/**
 * Tells whether the physical cluster and the workspace are the same: copies would nest for ever.
 */
final class OneServer {
  private OneServer() {}

  /** Throws {@link RequestException} when the physical cluster can't tell. */
  static boolean isOne(Setup setup) throws InterruptedException {
    String physical = new DiscoveryClient(setup.physical()).clusterUid();
    try {
      return physical.equals(new DiscoveryClient(setup.workspace()).clusterUid());
    } catch (RequestException e) {
      if (e.saysNotFound("kube-system")) {
        return false; // a workspace without one is not the cluster that has one
      }
      throw e;
    }
  }

  static SyncException exception(Setup setup) {
    return SyncException.configuration(
        "physical cluster %s and workspace %s are the same server; they must be two"
            .formatted(setup.physical().address(), setup.workspace().address()));
  }
}
