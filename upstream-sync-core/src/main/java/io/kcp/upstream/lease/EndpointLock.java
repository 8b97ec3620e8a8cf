package io.kcp.upstream.lease;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import io.kubernetes.client.extended.leaderelection.LeaderElectionRecord;
import io.kubernetes.client.extended.leaderelection.Lock;
import io.kubernetes.client.openapi.ApiException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One Lease of {@code coordination.k8s.io/v1}. In place of the client's {@code LeaseLock}, which
 * reads Leases by the strict model: a field that it does not know, or {@code leaseTransitions}
 * absent, and the Lease can never be acquired. What it does not know, this one leaves as it is.
 *
 * <p>{@link #create} and {@link #update} return false when somebody else was faster; for anything
 * else that goes wrong they throw {@link RequestException}, which says what. Safe for any thread.
 */
public final class EndpointLock implements Lock {
  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/%s/leases";

  private final ClusterEndpoint cluster;
  private final String namespace;
  private final String name;
  private final String identity;
  private @Nullable ObjectTree last; // guarded by this: the Lease as last read or written

  /**
   * Of one process.
   *
   * @param cluster its requests should end well before a renewal is due
   * @param identity of this process and no other
   */
  public EndpointLock(ClusterEndpoint cluster, String namespace, String name, String identity) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.name = name;
    this.identity = identity;
  }

  /** Throws an {@link ApiException} of code 404 when there is no such Lease. */
  @Override
  public synchronized LeaderElectionRecord get() throws ApiException {
    try {
      ObjectTree lease = send(ApiRequest.get(path() + "/" + name));
      last = lease;
      return LeaseRecords.read(lease);
    } catch (RequestException e) {
      // A 404 that does not name the Lease says that Leases are not served: not to be created.
      int code = e.code() == 404 && !e.saysNotFound(name) ? 501 : e.code();
      ApiException failure = new ApiException(code, e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  @Override
  public synchronized boolean create(LeaderElectionRecord record) {
    ObjectTree fresh =
        ObjectTree.of(
            Map.of(
                "apiVersion",
                "coordination.k8s.io/v1",
                "kind",
                "Lease",
                "metadata",
                Map.of("name", name, "namespace", namespace)));
    return write(ApiRequest.post(path(), LeaseRecords.write(record, fresh)));
  }

  /** Over what was last read or written here, and nothing newer. */
  @Override
  public synchronized boolean update(LeaderElectionRecord record) {
    ObjectTree known = last;
    if (known == null) {
      return false;
    }
    return write(ApiRequest.put(path() + "/" + name, LeaseRecords.write(record, known)));
  }

  private boolean write(ApiRequest request) {
    try {
      last = send(request);
      return true;
    } catch (RequestException e) {
      if (e.code() == 409 || e.saysNotFound(name)) {
        return false;
      }
      throw e;
    }
  }

  private ObjectTree send(ApiRequest request) {
    try {
      return cluster.send(request).object();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(request + " was interrupted");
    }
  }

  private String path() {
    return LEASES.formatted(namespace);
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public String describe() {
    return "Lease " + namespace + "/" + name;
  }
}
