package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.http.HttpBackend;
import io.kcp.upstream.testkit.http.HttpFront;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One server, in-memory or real, behind the HTTP layer: a port for clients, one for clients that
 * must not write, and one for what the test does itself.
 */
final class ApiServer implements AutoCloseable {
  private static final Duration WATCHES_END_WITHIN = Duration.ofSeconds(2);

  private static final int CLIENTS = 0;
  private static final int READERS = 1;
  private static final int ACTS = 2;

  private final HttpBackend backend;
  private final Traffic traffic;
  private final HttpFront front;

  /** Takes over the backend, also when this fails. */
  ApiServer(HttpBackend backend) {
    this(backend, 0);
  }

  /** Serves clients on this port; 0 for a free one. */
  ApiServer(HttpBackend backend, int port) {
    this.backend = backend;
    this.traffic = new Traffic(backend);
    try {
      this.front = HttpFront.startAt(port, traffic.clients(), traffic.readers(), traffic.acts());
    } catch (RuntimeException e) {
      backend.close();
      throw e;
    }
  }

  URI clients() {
    return front.uri(CLIENTS);
  }

  URI readers() {
    return front.uri(READERS);
  }

  URI acts() {
    return front.uri(ACTS);
  }

  Traffic traffic() {
    return traffic;
  }

  /** Ends all connections of clients; the test's own are no part of what it looks at. */
  void dropConnections() {
    front.dropConnections(CLIENTS);
    front.dropConnections(READERS);
  }

  /**
   * What must not be at the end of a test, each thing as a sentence. Waits a little for watches to
   * end, as clients close theirs without waiting for the server.
   */
  List<String> brokenRules() {
    List<String> broken = new ArrayList<>();
    awaitEndOfWatches().forEach(watch -> broken.add("a watch is still open: " + watch));
    broken.addAll(traffic.takeMisdeeds());
    traffic.faults().unfired().forEach(fault -> broken.add("a fault never fired: " + fault));
    return broken;
  }

  private List<String> awaitEndOfWatches() {
    long deadline = System.nanoTime() + WATCHES_END_WITHIN.toNanos();
    List<String> open = traffic.openWatches();
    while (!open.isEmpty() && System.nanoTime() < deadline) {
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return open;
      }
      open = traffic.openWatches();
    }
    return open;
  }

  /** Ends all connections, then the server with everything in it. Safe to call twice. */
  @Override
  public void close() {
    try {
      traffic.faults().clear();
      front.close();
    } finally {
      backend.close();
    }
  }
}
