package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpBackend;
import io.kcp.upstream.testkit.http.HttpRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API server in memory, or a kcp server with workspaces. It empties deleted namespaces
 * and serves CRDs, and collects garbage if asked to; beyond that it runs no controllers. What it
 * does not model it answers with 501.
 *
 * <p>A plain server answers at the root; kcp under {@code /clusters/<path or name>/}, and lists and
 * watches all workspaces under {@code /clusters/*}. Safe for use by several threads.
 */
public final class MemoryBackend implements HttpBackend {
  private static final int WORKERS = 4;
  private static final String CLUSTERS = "/clusters/";

  private final Server server;
  private final ExecutorService workers;
  private final ScheduledThreadPoolExecutor timer;
  private final ApiRouter router;
  private final Workspaces workspaces;
  private final LogicalCluster plain;

  /**
   * What a server shall be.
   *
   * @param kcp whether it serves as kcp does; the workspace {@code root} is there then
   * @param workloads whether all workspaces have Deployments, Pods, Services and the like, as if
   *     these APIs were bound into them
   * @param garbageCollector whether dependents go with their owners
   * @param workspaces paths of workspaces that are there from the start, parents included
   * @param clock what creation times and the like are read from
   */
  public record Options(
      boolean kcp,
      boolean workloads,
      boolean garbageCollector,
      List<String> workspaces,
      Clock clock) {}

  private MemoryBackend(Options options) {
    boolean kcp = options.kcp();
    workspaces =
        new Workspaces(
            options.workloads() ? BuiltInResources.ofKcpWithWorkloads() : BuiltInResources.ofKcp());
    workers = Executors.newFixedThreadPool(WORKERS, daemons("api-server-worker"));
    timer = new ScheduledThreadPoolExecutor(1, daemons("api-server-timer"));
    timer.setRemoveOnCancelPolicy(true);
    server = new Server(kcp, new Store(), options.clock(), this::work, timer);
    router = new ApiRouter(server);
    plain = new LogicalCluster("", new Registry(BuiltInResources.ofKubernetes()));
    new NamespaceLifecycle(server).start();
    new StorageProtection(server).start();
    new CrdController(server, this::clusterNamed).start();
    if (options.garbageCollector()) {
      new GarbageCollector(server, this::livingCluster).start();
    }
    if (kcp) {
      new RootCaPublisher(server, name -> livingCluster(name) != null).start();
    }
  }

  /** Starts a server. */
  public static MemoryBackend create(Options options) {
    MemoryBackend backend = new MemoryBackend(options);
    if (options.kcp()) {
      List<String> paths = new ArrayList<>(options.workspaces());
      paths.add(Workspaces.ROOT);
      paths.forEach(backend::makeWorkspace);
    } else {
      FirstObjects.create(backend.server, "");
    }
    return backend;
  }

  private static ThreadFactory daemons(String name) {
    return action -> {
      Thread thread = new Thread(action, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Hands work to the workers; once the server is closed, nothing is done any more. */
  private void work(Runnable action) {
    try {
      workers.execute(action);
    } catch (RejectedExecutionException e) {
      if (!workers.isShutdown()) {
        throw e;
      }
    }
  }

  private @Nullable LogicalCluster clusterNamed(String name) {
    return name.isEmpty() ? plain : workspaces.named(name);
  }

  private @Nullable LogicalCluster livingCluster(String name) {
    return workspaces.isEnding(name) ? null : clusterNamed(name);
  }

  /**
   * Makes a workspace, its parents included.
   *
   * @throws IllegalStateException when it exists, or the server is not kcp
   */
  public void createWorkspace(String path) {
    requireKcp();
    if (workspaces.has(path)) {
      throw new IllegalStateException("The workspace " + path + " exists already");
    }
    makeWorkspace(path);
  }

  private void makeWorkspace(String path) {
    for (LogicalCluster created : workspaces.create(path)) {
      FirstObjects.create(server, created.name());
    }
  }

  /**
   * Deletes a workspace and those below it: their contents vanish kind by kind while lists still
   * answer 200, then they answer 404. Returns when it has begun.
   *
   * @throws IllegalStateException when there is no such workspace
   */
  public void deleteWorkspace(String path) {
    requireKcp();
    LogicalCluster cluster = workspaces.at(path);
    if (cluster == null) {
      throw new IllegalStateException("There is no workspace " + path);
    }
    workspaces.below(path).forEach(this::beginDeletion);
    beginDeletion(path);
  }

  private void beginDeletion(String path) {
    LogicalCluster cluster = workspaces.at(path);
    if (cluster != null) {
      workspaces.end(cluster.name());
      new WorkspaceDeletion(server, cluster, () -> workspaces.remove(path)).start();
    }
  }

  /** Whether a workspace is there, if only for its last moments. */
  public boolean hasWorkspace(String path) {
    return workspaces.has(path);
  }

  private void requireKcp() {
    if (!server.kcp()) {
      throw new IllegalStateException("The server has no workspaces: it is not kcp");
    }
  }

  /**
   * Ends all watches and forgets what has changed so far, so that none can resume; objects stay.
   *
   * @param versionsGoBack whether resourceVersions begin anew, below those handed out
   */
  public void restart(boolean versionsGoBack) {
    server.store().restart(versionsGoBack);
  }

  @Override
  public void handle(HttpRequest request, HttpAnswer answer) {
    if (!server.kcp()) {
      router.handle(plain, request.path(), request, answer);
      return;
    }
    Responder responder = new Responder(request, answer, List.of());
    try {
      handleKcp(request, answer);
    } catch (ApiException e) {
      responder.send(Reply.of(e));
    }
  }

  private void handleKcp(HttpRequest request, HttpAnswer answer) {
    String path = request.path();
    if (path.startsWith("/services/")) {
      throw ApiException.notModelled("virtual workspaces such as those of APIExports");
    }
    if (!path.startsWith(CLUSTERS)) {
      router.handle(new LogicalCluster("", new Registry(List.of())), path, request, answer);
      return;
    }
    String rest = path.substring(CLUSTERS.length());
    int slash = rest.indexOf('/');
    String name =
        RequestPath.parts(slash < 0 ? rest : rest.substring(0, slash)).stream()
            .findFirst()
            .orElse("");
    LogicalCluster cluster =
        name.equals(Scope.ALL_CLUSTERS) ? workspaces.all() : workspaces.find(name);
    if (cluster == null) {
      throw ApiException.notFound(new ResourceName("tenancy.kcp.io", "workspaces"), name);
    }
    router.handle(cluster, slash < 0 ? "/" : rest.substring(slash), request, answer);
  }

  /** Ends all watches and the server's threads. Safe to call twice. */
  @Override
  public void close() {
    server.store().restart(false);
    timer.shutdownNow();
    workers.shutdown();
  }
}
