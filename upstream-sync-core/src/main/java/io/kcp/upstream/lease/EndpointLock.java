package io.kcp.upstream.lease;

import io.kcp.upstream.wire.ClusterEndpoint;
import io.kubernetes.client.extended.leaderelection.LeaderElectionRecord;
import io.kubernetes.client.extended.leaderelection.Lock;
import io.kubernetes.client.openapi.ApiException;

/** One Lease of {@code coordination.k8s.io/v1}. */
@SuppressWarnings("DoNotCallSuggester") // until it is built
public final class EndpointLock implements Lock {
  private final String identity;

  public EndpointLock(ClusterEndpoint cluster, String namespace, String name, String identity) {
    this.identity = identity;
  }

  @Override
  public LeaderElectionRecord get() throws ApiException {
    throw new UnsupportedOperationException("drafted");
  }

  @Override
  public boolean create(LeaderElectionRecord record) {
    throw new UnsupportedOperationException("drafted");
  }

  @Override
  public boolean update(LeaderElectionRecord record) {
    throw new UnsupportedOperationException("drafted");
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public String describe() {
    throw new UnsupportedOperationException("drafted");
  }
}
