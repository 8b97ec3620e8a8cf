package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.util.Optional;

/** Reads one object live. The only requests that the physical cluster gets from this package. */
final class Reads {
  private Reads() {}

  /**
   * Empty only when the server says of this very object that it is not there; any other 404 is
   * thrown.
   */
  static Optional<ObjectTree> find(
      ClusterEndpoint cluster, ResourceType type, String namespace, String name)
      throws InterruptedException {
    try {
      return Optional.of(cluster.send(ApiRequest.get(type.path(namespace, name))).object());
    } catch (RequestException e) {
      if (e.saysNotFound(name)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
