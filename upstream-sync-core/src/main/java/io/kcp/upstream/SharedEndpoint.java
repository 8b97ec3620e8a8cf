package io.kcp.upstream;

import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One endpoint per cluster and request time-out, so that syncers given one cluster share its
 * limits.
 */
final class SharedEndpoint {
  private final Map<Duration, ClusterEndpoint> byRequestTimeout =
      new HashMap<>(); // guarded by this
  private final String name;
  private final ApiClient client;
  private final String pathPrefix;
  private final SyncerConfig.Limits limits;
  private final Supplier<ApiClient> renewal;

  SharedEndpoint(
      String name,
      ApiClient client,
      String pathPrefix,
      SyncerConfig.Limits limits,
      Supplier<ApiClient> renewal) {
    this.name = name;
    this.client = client;
    this.pathPrefix = pathPrefix;
    this.limits = limits;
    this.renewal = renewal;
  }

  synchronized ClusterEndpoint get(Duration request) {
    ClusterEndpoint known = byRequestTimeout.get(request);
    if (known == null) {
      known =
          byRequestTimeout.values().stream()
              .findFirst()
              .map(other -> other.under(limits(request)))
              .orElseGet(
                  () -> new ClusterEndpoint(name, client, pathPrefix, limits(request), renewal));
      byRequestTimeout.put(request, known);
    }
    return known;
  }

  private EndpointLimits limits(Duration request) {
    return new EndpointLimits(
        limits.qps(), limits.burst(), limits.inFlight(), limits.pageSize(), request);
  }
}
