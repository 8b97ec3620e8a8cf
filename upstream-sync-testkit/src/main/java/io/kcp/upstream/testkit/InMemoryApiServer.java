package io.kcp.upstream.testkit;

import java.time.Clock;

/**
 * A Kubernetes API server in this process: storage, REST, watches, discovery, CRDs, server-side
 * apply; with {@code kcp(true)} also workspaces. It empties deleted namespaces and, when asked to,
 * collects garbage; in workspaces it also keeps {@code kube-root-ca.crt} in every namespace. It
 * runs no other controllers: nothing rolls out. A server that serves as kcp does has its objects in
 * workspaces only: ask for one by {@link #workspace}, {@code root} is always there.
 *
 * <p>What it does not model it answers with 501, never with an untrue 200:
 *
 * <ul>
 *   <li>{@code pods/attach}, {@code pods/binding}, {@code pods/ephemeralcontainers}, {@code
 *       pods/exec}, {@code pods/log}, {@code pods/portforward}, {@code pods/proxy}, {@code
 *       pods/resize}, {@code bindings}, {@code nodes/proxy}, {@code services/proxy}
 *   <li>{@code serviceaccounts/token}, {@code tokenreviews.authentication.k8s.io}, {@code
 *       certificatesigningrequests.certificates.k8s.io/approval}
 *   <li>HorizontalPodAutoscalers in {@code autoscaling/v1} that measure more than CPU; v2 is served
 *   <li>custom resources in a version that a webhook would have to convert
 * </ul>
 *
 * Objects of RBAC, admission, quotas, limits, priority and fairness are stored and have no effect:
 * everybody may do everything. {@code apiregistration.k8s.io} is not served.
 *
 * <pre>{@code
 * try (InMemoryApiServer server = InMemoryApiServer.builder().start()) {
 *   server.as("kubectl").apply(manifests);
 *   new CoreV1Api(server.client()).listNode().execute();
 * }
 * }</pre>
 */
public abstract class InMemoryApiServer implements TestCluster {
  InMemoryApiServer() {}

  /** A server that is not yet started, as a plain Kubernetes API server. */
  public static Builder builder() {
    return new InMemoryServer.Settings();
  }

  /**
   * The surface of one workspace, with faults and a journal of its own.
   *
   * @throws IllegalStateException when there is no such workspace, or the server is not kcp
   */
  public abstract TestCluster workspace(String path);

  /**
   * Ends all connections and serves again at the same address.
   *
   * @param versionsGoBack whether resourceVersions begin anew, below those handed out, as after a
   *     restore of etcd from a backup; what is stored stays
   */
  public abstract void restart(boolean versionsGoBack);

  /**
   * Makes a workspace, its parents included.
   *
   * @param path as {@code root:org:ws}
   * @throws IllegalStateException when it exists, or the server is not kcp
   */
  public abstract void createWorkspace(String path);

  /**
   * Deletes a workspace as kcp does: its contents vanish kind by kind while lists still answer 200,
   * then it answers 404. Returns when it has begun.
   *
   * @throws IllegalStateException when there is no such workspace
   */
  public abstract void deleteWorkspace(String path);

  /** What a server shall be; nothing is started before {@link #start()}. */
  public interface Builder {
    /**
     * Whether workspaces are served as kcp does: under {@code /clusters/<path>}, with few built-in
     * resources and without aggregated discovery. Default: false.
     */
    Builder kcp(boolean servesAsKcpDoes);

    /** A workspace that is there from the start; implies {@code kcp(true)}. */
    Builder workspace(String path);

    /**
     * Whether workspaces have Deployments, Pods, Services, Jobs and the like, as if these APIs were
     * bound into them; a workspace that kcp has just made has none of them. Default: true.
     */
    Builder workloads(boolean bound);

    /**
     * Whether objects go when all their owners are gone or never were, and deletions in the
     * foreground or with orphans come to their end. Default: only with {@code kcp(true)}, as in a
     * workspace; a plain API server has no controllers.
     */
    Builder garbageCollector(boolean runs);

    /** The loopback port to serve on; 0, the default, for any free one. */
    Builder port(int number);

    /** What creation times and the like are read from. Default: the system's clock. */
    Builder clock(Clock clock);

    /**
     * Starts the server on a free loopback port.
     *
     * @throws IllegalStateException when no port can be opened
     */
    InMemoryApiServer start();
  }
}
