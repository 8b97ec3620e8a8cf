package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.real.Assets;
import io.kcp.upstream.testkit.real.RealBackend;

/**
 * A real kube-apiserver with its etcd, in processes of their own, behind the same faults and
 * journal as the in-memory server. No controllers run: a deleted namespace stays Terminating, and
 * nothing is garbage collected. The processes end with {@link TestCluster#close()}, and also when
 * this process ends in whatever way.
 */
public final class RealApiServer {
  private RealApiServer() {}

  /**
   * Starts an empty server and returns when it is ready, after a few seconds.
   *
   * @throws IllegalStateException when the environment variable {@code KUBEBUILDER_ASSETS} does not
   *     name a folder that holds {@code etcd} and {@code kube-apiserver}, or one of them does not
   *     become ready: the message ends with its log
   */
  public static TestCluster start() {
    return host().cluster();
  }

  static Servers.Hosted host() {
    ApiServer server = new ApiServer(RealBackend.start(Assets.find()));
    return new Servers.Hosted(Surface.whole(server), server);
  }
}
