package io.kcp.upstream.discovery;

import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;

/** Endpoints of tests. */
final class Wire {
  private static final EndpointLimits LIMITS =
      new EndpointLimits(1000, 1000, 16, 500, Duration.ofSeconds(10));

  private Wire() {}

  static ClusterEndpoint endpoint(ApiClient client) {
    return new ClusterEndpoint("test cluster", client, "", LIMITS, () -> client);
  }

  static ClusterEndpoint endpoint(String address) {
    return endpoint(new ApiClient().setBasePath(address));
  }
}
