package com.example.apiserver;

import io.kcp.upstream.testkit.InMemoryApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the testkit's in-memory API server until the process is ended. */
@Command(
    name = "api-server",
    mixinStandardHelpOptions = true,
    description = "An in-memory Kubernetes API server; with --cluster, kcp workspaces.")
public final class ApiServer implements Callable<Integer> {
  @Option(
      names = "--port",
      required = true,
      description = "The loopback port to serve on; 0 for any free one.")
  private int port;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "Path of a workspace, such as root:shop; makes it a kcp server. Repeatable.")
  private List<String> clusters = List.of();

  @Option(
      names = "--garbage-collector",
      description = "Objects go with their owners. Workspaces always do it.")
  private boolean garbageCollector;

  @Option(
      names = "--kubeconfig-out",
      paramLabel = "F",
      description = "Writes a kubeconfig there: of the first --cluster, else of the server.")
  private Path kubeconfigOut;

  /** Runs the command; exits with 2 on bad arguments. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ApiServer()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    InMemoryApiServer.Builder builder = InMemoryApiServer.builder().port(port);
    clusters.forEach(builder::workspace);
    builder.garbageCollector(garbageCollector || !clusters.isEmpty());
    try (InMemoryApiServer server = builder.start()) {
      String kubeconfig =
          clusters.isEmpty() ? server.kubeconfig() : server.workspace(clusters.get(0)).kubeconfig();
      if (kubeconfigOut != null) {
        Files.writeString(kubeconfigOut, kubeconfig);
      }
      System.out.println("serving at " + server.uri());
      for (String cluster : clusters) {
        System.out.println("  workspace " + cluster + ": " + server.workspace(cluster).uri());
      }
      CountDownLatch ended = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown));
      ended.await();
    }
    return 0;
  }
}
