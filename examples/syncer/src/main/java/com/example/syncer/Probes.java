package com.example.syncer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kcp.upstream.SyncerState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves what Prometheus and Kubernetes ask a process for. */
final class Probes implements AutoCloseable {
  private static final int MOST = 65_535;

  /**
   * Whose answers are served.
   *
   * @param stuck what only a new start can mend
   */
  record Sources(
      Supplier<String> metrics, Supplier<SyncerState> state, Supplier<Optional<String>> stuck) {}

  private final HttpServer server;
  private final ExecutorService threads;

  private Probes(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * On every address of this machine, as a kubelet asks from outside.
   *
   * @param port 0 for any that is free
   */
  static Probes serve(int port, Sources from) {
    if (port < 0 || port > MOST) {
      throw new UsageException(
          "--metrics-port is %d; it must be from 0, for any that is free, to %d"
              .formatted(port, MOST));
    }
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
      ExecutorService threads = Executors.newFixedThreadPool(2);
      server.setExecutor(threads);
      server.createContext("/metrics", exchange -> answer(exchange, 200, from.metrics().get()));
      server.createContext("/livez", exchange -> alive(exchange, from));
      server.createContext("/readyz", exchange -> ready(exchange, from.state().get()));
      server.start();
      return new Probes(server, threads);
    } catch (IOException e) {
      throw new UsageException(
          "--metrics-port %d can't be served: %s".formatted(port, e.getMessage()));
    }
  }

  /**
   * A cluster that is away heals by itself; a syncer that ended, or whose threads do not get on,
   * does not.
   */
  private static void alive(HttpExchange exchange, Sources from) throws IOException {
    Optional<String> stuck = from.stuck().get();
    if (stuck.isPresent()) {
      answer(exchange, 503, "STUCK: %s%n".formatted(stuck.get()));
      return;
    }
    SyncerState state = from.state().get();
    boolean ended =
        state.phase() == SyncerState.Phase.FAILED || state.phase() == SyncerState.Phase.STOPPED;
    answer(exchange, ended ? 503 : 200, text(state));
  }

  /** One that stands by is ready to take over. */
  private static void ready(HttpExchange exchange, SyncerState state) throws IOException {
    boolean ready =
        switch (state.phase()) {
          case RUNNING, STANDBY, PAUSED -> true;
          case NEW, BLOCKED, STOPPED, FAILED -> false;
        };
    answer(exchange, ready ? 200 : 503, text(state));
  }

  private static String text(SyncerState state) {
    return "%s: %s %s%n".formatted(state.phase(), state.reason(), state.message());
  }

  private static void answer(HttpExchange exchange, int code, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(code, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
