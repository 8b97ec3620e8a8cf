package com.example.benchmark;

import com.example.benchmark.contender.ContenderProcess;
import com.example.benchmark.contender.Order;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** One contender in its process. */
final class Runner implements AutoCloseable {
  static final int HEAP = 2_048;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final JavaProcess process;

  private Runner(String name, JavaProcess process) {
    this.name = name;
    this.process = process;
  }

  static Runner start(String name) throws IOException {
    return start(name, HEAP);
  }

  static Runner start(String name, int heapMegabytes) throws IOException {
    JavaProcess process = JavaProcess.start(name, heapMegabytes, ContenderProcess.class, name);
    return new Runner(name, process);
  }

  String name() {
    return name;
  }

  /** Begins to pull from one server up to the other; returns when it has begun. */
  void begin(Server physical, Server workspace, Workload workload) throws IOException {
    Order order = new Order(physical.kubeconfig(), workspace.kubeconfig(), workload.kinds());
    tell("begin " + JSON.writeValueAsString(order));
  }

  /** Returns when the contender itself says that both sides are equal. */
  void awaitInSync() throws IOException {
    tell("await");
  }

  /** Ends the work; the process stays, warm. */
  void end() throws IOException {
    tell("end");
  }

  /** What the process uses now: cpuSeconds, heapBytes (after a collection), threads, sockets. */
  JsonNode usage() throws IOException {
    return JSON.readTree(tell("usage"));
  }

  double cpuSeconds() throws IOException {
    return JSON.readTree(tell("cpu")).path("cpuSeconds").asDouble();
  }

  private String tell(String command) throws IOException {
    String answer = process.ask(command);
    if (answer.startsWith("error")) {
      throw new IllegalStateException(name + ": " + answer);
    }
    return answer;
  }

  @Override
  public void close() {
    process.close();
  }
}
