package com.example.benchmark;

import io.kcp.upstream.testkit.InMemoryApiServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The testkit's servers as a process: starts one for each {@code open}, until its input ends. */
public final class MemoryServer {
  private MemoryServer() {}

  /** Answers {@code open} with a kubeconfig in one line; {@code close URI} ends that one. */
  public static void main(String[] args) throws IOException {
    Map<String, InMemoryApiServer> servers = new HashMap<>();
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      if (line.equals("open")) {
        InMemoryApiServer server = InMemoryApiServer.builder().start();
        servers.put("close " + server.uri(), server);
        System.out.println(server.kubeconfig().replace("\n", "\\n"));
      } else {
        servers.remove(line).close();
        System.out.println("closed");
      }
    }
    servers.values().forEach(InMemoryApiServer::close);
  }
}
