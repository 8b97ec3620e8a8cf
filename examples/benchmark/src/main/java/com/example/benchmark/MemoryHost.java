package com.example.benchmark;

import io.kcp.upstream.testkit.InMemoryApiServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** A process with one in-memory server and a heap of its own, which says how it fares. */
public final class MemoryHost implements AutoCloseable {
  private final JavaProcess process;

  private MemoryHost(JavaProcess process) {
    this.process = process;
  }

  static MemoryHost start(int heapMegabytes) throws IOException {
    return new MemoryHost(JavaProcess.start("memory server", heapMegabytes, MemoryHost.class));
  }

  /** Starts the server; returns its kubeconfig. */
  String open() throws IOException {
    return process.ask("open").replace("\\n", "\n");
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

  /** Answers {@code open}, {@code time} and {@code heap} until its input ends. */
  public static void main(String[] args) throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      System.out.println(answer(line));
    }
    System.exit(0);
  }

  private static String answer(String command) {
    return switch (command) {
      case "open" -> InMemoryApiServer.builder().start().kubeconfig().replace("\n", "\\n");
      case "time" -> Double.toString(timed());
      default -> {
        System.gc();
        yield Double.toString(
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6);
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
