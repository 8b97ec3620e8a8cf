package io.kcp.upstream.mirror;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.wire.Backoff;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Starts mirrors that retry fast and watch for a second or two, and remembers what they tell. */
final class MirrorFixture implements MirrorListener, AutoCloseable {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<Mirror.State> states = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<Mirror> mirrors = new CopyOnWriteArrayList<>();
  private volatile Consumer<Mirror> onChange = mirror -> {};
  private final ApiClient client;
  private final Duration request;

  MirrorFixture(ApiClient client) {
    this(client, Duration.ofSeconds(5));
  }

  /** {@code request} is how long one may take. */
  MirrorFixture(ApiClient client, Duration request) {
    this.client = client;
    this.request = request;
  }

  Mirror start(ResourceType type, MirrorQuery query, int pageSize) {
    Mirror mirror = create(type, query, pageSize);
    mirror.start();
    return mirror;
  }

  Mirror create(ResourceType type, MirrorQuery query, int pageSize) {
    ClusterEndpoint endpoint =
        new ClusterEndpoint(
            "physical cluster",
            client,
            "",
            new EndpointLimits(1000, 1000, 16, pageSize, request),
            () -> client);
    MirrorSettings settings =
        new MirrorSettings(
            this::thread,
            Clock.systemUTC(),
            new Backoff(Duration.ofMillis(5), Duration.ofMillis(100), 0.2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            KeptBytes.unbounded());
    Mirror mirror = new Mirror(endpoint, type, query, settings, this);
    mirrors.add(mirror);
    return mirror;
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  /** Done at each change that is told, with the mirror made last. */
  void onChange(Consumer<Mirror> action) {
    onChange = action;
  }

  /** Namespace and name of each change told so far. */
  List<String> told() {
    return told;
  }

  List<Mirror.State> states() {
    return states;
  }

  List<Thread> threads() {
    return threads;
  }

  @Override
  public void changed(GroupResource resource, String namespace, String name) {
    told.add(namespace + "/" + name);
    onChange.accept(mirrors.get(mirrors.size() - 1));
  }

  @Override
  public void stateChanged(Mirror mirror) {
    states.add(mirror.state());
  }

  @Override
  public void close() {
    mirrors.forEach(Mirror::stop);
  }
}
