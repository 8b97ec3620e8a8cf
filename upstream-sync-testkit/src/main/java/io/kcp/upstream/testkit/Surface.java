package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.ObjectTree;
import io.kubernetes.client.openapi.ApiClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** A server's surface, or that of one of its workspaces, over HTTP. */
class Surface implements TestCluster {
  private static final Duration AWAIT_LIMIT = Duration.ofSeconds(10);

  private final ApiServer server;
  private final String workspace;
  private final Runnable onClose;
  private final DirectClient direct;
  private final ServedTypes types;
  private final Clients clients;

  /**
   * @param workspace "" for the whole server
   * @param onClose what else to close; must be safe to run twice
   */
  Surface(ApiServer server, String workspace, Runnable onClose) {
    this.server = server;
    this.workspace = workspace;
    this.onClose = onClose;
    this.direct = new DirectClient(in(server.acts()));
    this.types = new ServedTypes(direct);
    this.clients = new Clients(in(server.clients()), in(server.readers()));
  }

  private URI in(URI address) {
    return workspace.isEmpty() ? address : URI.create(address + "/clusters/" + workspace);
  }

  final void installCrds() {
    new SyncTargetCrd(direct).install();
  }

  @Override
  public ApiClient client() {
    return clients.client();
  }

  @Override
  public ApiClient readOnlyClient() {
    return clients.readOnly();
  }

  @Override
  public String kubeconfig() {
    return """
        apiVersion: v1
        kind: Config
        clusters: [{name: test, cluster: {server: "%s"}}]
        users: [{name: test, user: {}}]
        contexts: [{name: test, context: {cluster: test, user: test, namespace: default}}]
        current-context: test
        """
        .formatted(uri());
  }

  @Override
  public URI uri() {
    return in(server.clients());
  }

  @Override
  public Actor as(String fieldManager) {
    return new Hand(direct, types, fieldManager);
  }

  @Override
  public Optional<ObjectTree> find(String resource, String namespace, String name) {
    return types.find(resource).flatMap(type -> direct.read(type.path(namespace, name)));
  }

  @Override
  public ObjectTree await(
      String resource, String namespace, String name, Predicate<ObjectTree> condition) {
    Awaited awaited = awaited(new Awaited.Subject(resource, namespace, name), AWAIT_LIMIT);
    return awaited
        .until(
            object -> object.filter(condition).isPresent(), "the condition to hold", this::requests)
        .orElseThrow();
  }

  @Override
  public void awaitGone(String resource, String namespace, String name) {
    Awaited awaited = awaited(new Awaited.Subject(resource, namespace, name), AWAIT_LIMIT);
    var unused = awaited.until(Optional::isEmpty, "it to be gone", this::requests);
  }

  Awaited awaited(Awaited.Subject subject, Duration limit) {
    return new Awaited(direct, types, subject, limit);
  }

  /** The last requests, for a failure's message. */
  String requests() {
    return JournalView.of(server.traffic().journal(), workspace).last(20);
  }

  @Override
  public Faults faults() {
    return new SurfaceFaults(server.traffic().faults(), workspace);
  }

  @Override
  public Journal journal() {
    return JournalView.of(server.traffic().journal(), workspace);
  }

  @Override
  public void close() {
    clients.close();
    onClose.run();
  }
}
