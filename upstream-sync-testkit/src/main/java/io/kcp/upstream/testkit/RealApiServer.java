package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.real.Assets;
import io.kcp.upstream.testkit.real.Controllers;

/**
 * A real kube-apiserver with its etcd, in processes of their own, behind the same faults and
 * journal as the in-memory server. Unless asked for, no controllers run: a deleted namespace stays
 * Terminating, and nothing is garbage collected. The processes end with {@link
 * TestCluster#close()}, and also when this process ends in whatever way.
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
  public static Started start() {
    return builder().start();
  }

  /** A server that is not yet started, without controllers. */
  public static Builder builder() {
    return new Settings();
  }

  /**
   * Whether {@code KUBEBUILDER_ASSETS} names a folder that holds {@code kube-controller-manager},
   * {@code kube-scheduler} and {@code kwok}, too: a condition for tests that want controllers.
   */
  public static boolean hasControllers() {
    return Assets.hold(Controllers.CLUSTER.programs());
  }

  static Servers.Hosted host() {
    RealServer server = RealServer.start(Controllers.NONE);
    return new Servers.Hosted(server, server.server());
  }

  /** What a server shall be; nothing is started before {@link #start()}. */
  public interface Builder {
    /**
     * Whether all controllers of a cluster, a scheduler and kwok run: Deployments roll out to pods
     * on one node. A pod's annotation {@code test.kcp.io/behaviour} says what becomes of it: {@code
     * image-pull-error}, {@code crash-loop}, {@code oom-killed}, {@code never-ready}, {@code fail}
     * or {@code succeed}; without it the pod is Running and Ready, and one of a Job succeeds.
     * Default: false.
     */
    Builder controllers(boolean run);

    /**
     * Whether garbage collector, namespace life cycle and the publisher of {@code kube-root-ca.crt}
     * run and nothing else, as in a kcp workspace. Default: false.
     */
    Builder workspace(boolean behavesAsOne);

    /**
     * Starts an empty server and returns when it is ready.
     *
     * @throws IllegalStateException when a program is missing, or does not become ready: the
     *     message ends with its log
     */
    Started start();
  }

  /** A server whose process can be ended and started again. */
  public interface Started extends TestCluster {
    /**
     * Ends kube-apiserver by SIGKILL: every request is reset from now on, a test's own ones fail.
     * What is stored stays.
     */
    void kill();

    /** Starts kube-apiserver again after {@link #kill()}, and returns when it is ready. */
    void revive();
  }

  private static final class Settings implements Builder {
    private Controllers controllers = Controllers.NONE;

    @Override
    public Builder controllers(boolean run) {
      controllers = run ? Controllers.CLUSTER : Controllers.NONE;
      return this;
    }

    @Override
    public Builder workspace(boolean behavesAsOne) {
      controllers = behavesAsOne ? Controllers.WORKSPACE : Controllers.NONE;
      return this;
    }

    @Override
    public Started start() {
      return RealServer.start(controllers);
    }
  }
}
