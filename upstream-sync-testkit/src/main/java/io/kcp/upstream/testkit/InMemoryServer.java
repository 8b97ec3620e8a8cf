package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.server.MemoryBackend;
import io.kubernetes.client.openapi.ApiClient;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The in-memory backend behind the HTTP layer. */
final class InMemoryServer extends InMemoryApiServer {
  private final MemoryBackend backend;
  private final ApiServer server;
  private final Surface whole;
  private final boolean kcp;
  private final Map<String, Surface> workspaces = new ConcurrentHashMap<>();

  private InMemoryServer(boolean kcp, Settings settings) {
    List<String> paths = List.copyOf(settings.workspaces);
    this.kcp = kcp;
    boolean collector = settings.garbageCollector.orElse(kcp);
    this.backend =
        MemoryBackend.create(
            new MemoryBackend.Options(kcp, settings.workloads, collector, paths, settings.clock));
    this.server = new ApiServer(backend, settings.port);
    this.whole = new Surface(server, "", server::close);
    try {
      if (!kcp) {
        whole.installCrds();
      }
      paths.forEach(this::open);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  static Servers.Hosted host(boolean kcp) {
    InMemoryServer started = new InMemoryServer(kcp, new Settings());
    return new Servers.Hosted(started, started.server);
  }

  /** The surface of a workspace that is there; parents are made without anybody asking for them. */
  private Surface open(String path) {
    return workspaces.computeIfAbsent(
        path,
        key -> {
          Surface surface = new Surface(server, key, () -> workspaces.remove(key));
          surface.installCrds();
          return surface;
        });
  }

  @Override
  public TestCluster workspace(String path) {
    requireKcp(path);
    if (!backend.hasWorkspace(path)) {
      throw new IllegalStateException("there is no workspace " + path);
    }
    return open(path);
  }

  Surface whole() {
    return whole;
  }

  /** The surface of a workspace, which is made if it is not there. */
  synchronized TestCluster workspaceMadeIfAbsent(String path) {
    if (!backend.hasWorkspace(path)) {
      createWorkspace(path);
    }
    return workspace(path);
  }

  private void requireKcp(String path) {
    if (!kcp) {
      throw new IllegalStateException(
          "workspace %s: this server was not made with kcp(true)".formatted(path));
    }
  }

  @Override
  public void createWorkspace(String path) {
    requireKcp(path);
    backend.createWorkspace(path);
    open(path).installCrds(); // a workspace that was here before left its surface
  }

  @Override
  public void deleteWorkspace(String path) {
    requireKcp(path);
    backend.deleteWorkspace(path);
  }

  @Override
  public void restart(boolean versionsGoBack) {
    backend.restart(versionsGoBack);
    server.dropConnections();
  }

  @Override
  public ApiClient client() {
    return whole.client();
  }

  @Override
  public ApiClient readOnlyClient() {
    return whole.readOnlyClient();
  }

  @Override
  public String kubeconfig() {
    return whole.kubeconfig();
  }

  @Override
  public URI uri() {
    return whole.uri();
  }

  @Override
  public Actor as(String fieldManager) {
    return whole.as(fieldManager);
  }

  @Override
  public Optional<ObjectTree> find(String resource, String namespace, String name) {
    return whole.find(resource, namespace, name);
  }

  @Override
  public ObjectTree await(
      String resource, String namespace, String name, Predicate<ObjectTree> condition) {
    return whole.await(resource, namespace, name, condition);
  }

  @Override
  public void awaitGone(String resource, String namespace, String name) {
    whole.awaitGone(resource, namespace, name);
  }

  @Override
  public Faults faults() {
    return whole.faults();
  }

  @Override
  public Journal journal() {
    return whole.journal();
  }

  @Override
  public void close() {
    List.copyOf(workspaces.values()).forEach(Surface::close);
    whole.close();
  }

  /** What a server shall be. */
  static final class Settings implements Builder {
    private boolean kcp;
    private final List<String> workspaces = new ArrayList<>();
    private Clock clock = Clock.systemUTC();
    private boolean workloads = true;
    private Optional<Boolean> garbageCollector = Optional.empty();
    private int port;

    @Override
    public Builder kcp(boolean servesAsKcpDoes) {
      kcp = servesAsKcpDoes;
      return this;
    }

    @Override
    public Builder workspace(String path) {
      workspaces.add(path);
      return this;
    }

    @Override
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    @Override
    public Builder workloads(boolean bound) {
      workloads = bound;
      return this;
    }

    @Override
    public Builder garbageCollector(boolean runs) {
      garbageCollector = Optional.of(runs);
      return this;
    }

    @Override
    public Builder port(int number) {
      if (number < 0 || number > 65_535) {
        throw new IllegalArgumentException(
            "port is " + number + "; it must be from 0 to 65535, 0 for any free one");
      }
      port = number;
      return this;
    }

    @Override
    public InMemoryApiServer start() {
      return new InMemoryServer(kcp || !workspaces.isEmpty(), this);
    }
  }
}
