package io.kcp.upstream.testkit.http;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP server on loopback ports: one port for each backend that it is given. Its threads are
 * daemons, and their number does not grow with the number of open streams.
 */
public final class HttpFront implements AutoCloseable {
  private static final int MAX_THREADS = 64;
  private static final int HEADER_BYTES = 64 * 1024;

  private final Server server;
  private final List<ServerConnector> doors = new ArrayList<>();

  private HttpFront(Server server) {
    this.server = server;
  }

  /**
   * Serves each backend on a free port of its own. The backends stay the caller's to close.
   *
   * @throws IllegalStateException when no port can be opened
   */
  public static HttpFront start(HttpBackend... backends) {
    return startAt(0, backends);
  }

  /** Like {@link #start}, the first backend on this port; 0 for a free one. */
  public static HttpFront startAt(int port, HttpBackend... backends) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 2);
    threads.setName("api-server");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    Server server = new Server(threads);
    HttpFront front = new HttpFront(server);
    for (HttpBackend backend : backends) {
      front.doors.add(connector(server, backend));
    }
    front.doors.get(0).setPort(port);
    server.setHandler(new BackendHandler());
    server.setStopTimeout(0);
    try {
      server.start();
    } catch (Exception e) {
      front.close();
      throw new IllegalStateException("The HTTP server did not start: " + e.getMessage(), e);
    }
    return front;
  }

  private static ServerConnector connector(Server server, HttpBackend backend) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setResponseHeaderSize(HEADER_BYTES);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(0);
    connector.setIdleTimeout(0);
    connector.setAcceptQueueSize(1024);
    connector.addBean(new BackendHandler.Door(backend));
    server.addConnector(connector);
    return connector;
  }

  /** The address of the n-th backend, without a path. */
  public URI uri(int backend) {
    return URI.create("http://127.0.0.1:" + doors.get(backend).getLocalPort());
  }

  /** Resets every connection; new ones are accepted as before. */
  public void dropConnections() {
    doors.forEach(HttpFront::dropConnections);
  }

  /** Resets every connection to the n-th backend. */
  public void dropConnections(int backend) {
    dropConnections(doors.get(backend));
  }

  private static void dropConnections(ServerConnector door) {
    for (EndPoint connection : new ArrayList<>(door.getConnectedEndPoints())) {
      Connections.reset(connection);
    }
  }

  /** Stops listening and ends all connections. Safe to call twice. */
  @Override
  public void close() {
    dropConnections();
    try {
      server.stop();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("The HTTP server did not stop: " + e.getMessage(), e);
    }
  }
}
