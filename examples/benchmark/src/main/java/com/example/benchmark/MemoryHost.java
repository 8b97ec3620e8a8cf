package com.example.benchmark;

import io.kcp.upstream.testkit.InMemoryApiServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A process of in-memory servers with a heap of its own, which says how it fares. */
public final class MemoryHost implements AutoCloseable {
  private final JavaProcess process;

  private MemoryHost(JavaProcess process) {
    this.process = process;
  }

  static MemoryHost start(int heapMegabytes) throws IOException {
    return new MemoryHost(JavaProcess.start("memory servers", heapMegabytes, MemoryHost.class));
  }

  /** Starts a server; returns its kubeconfig. */
  String open() throws IOException {
    return process.ask("open").replace("\\n", "\n");
  }

  /** Ends the server at that address. */
  void close(String uri) throws IOException {
    process.ask("close " + uri);
  }

  /** Starts another server, ends it, and says how long the start took. */
  double startMillis() throws IOException {
    return Double.parseDouble(process.ask("time"));
  }

  /** What is in use after a collection. */
  double heapMegabytes() throws IOException {
    return Double.parseDouble(process.ask("heap"));
  }

  @Override
  public void close() {
    process.close();
  }

  /**
   * Answers {@code open}, {@code close URI}, {@code time} and {@code heap} until its input ends.
   */
  public static void main(String[] args) throws IOException {
    Map<String, InMemoryApiServer> servers = new HashMap<>();
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      System.out.println(answer(line, servers));
    }
    System.exit(0);
  }

  private static String answer(String command, Map<String, InMemoryApiServer> servers) {
    return switch (command) {
      case "open" -> {
        InMemoryApiServer server = InMemoryApiServer.builder().start();
        servers.put("close " + server.uri(), server);
        yield server.kubeconfig().replace("\n", "\\n");
      }
      case "time" -> Double.toString(timed());
      case "heap" -> {
        System.gc();
        yield Double.toString(
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6);
      }
      default -> {
        servers.remove(command).close();
        yield "closed";
      }
    };
  }

  private static double timed() {
    long before = System.nanoTime();
    InMemoryApiServer server = InMemoryApiServer.builder().start();
    double millis = (System.nanoTime() - before) / 1e6;
    server.close();
    return millis;
  }
}
