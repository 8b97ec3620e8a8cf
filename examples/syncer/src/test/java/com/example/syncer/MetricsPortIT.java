package com.example.syncer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, with {@code --metrics-port}. */
@ApiServerTest
class MetricsPortIT {
  private static final String ANNOUNCED = "syncer: metrics and probes at ";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Process process;
  private BufferedReader log;

  @BeforeEach
  void start(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop)
      throws IOException {
    edge.as("kubectl")
        .apply(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: greeting, namespace: default}
            data: {text: hello}
            """);
    shop.as("admin")
        .apply(
            """
            apiVersion: workload.kcp.io/v1alpha1
            kind: SyncTarget
            metadata: {name: edge-1}
            spec: {upstreamSync: {resources: [{resource: configmaps}]}}
            """);
    Path below = Files.writeString(folder.resolve("edge.kubeconfig"), edge.kubeconfig());
    Path above = Files.writeString(folder.resolve("shop.kubeconfig"), shop.kubeconfig());
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Syncer.class.getName(),
                "--physical-kubeconfig",
                below.toString(),
                "--workspace-kubeconfig",
                above.toString(),
                "--sync-target",
                "edge-1",
                "--metrics-port",
                "0")
            .redirectErrorStream(true)
            .start();
    log = process.inputReader();
  }

  @AfterEach
  void kill() {
    process.destroyForcibly();
  }

  /** Reads the log up to there. */
  private String address() throws IOException {
    StringBuilder before = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      if (line.startsWith(ANNOUNCED)) {
        return line.substring(ANNOUNCED.length());
      }
      before.append(line).append('\n');
    }
    throw new AssertionError("it ended: " + before);
  }

  private HttpResponse<String> get(String address, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(address + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  @Timeout(120)
  void servesProbesAndMetricsUntilItIsAskedToEnd(@Cluster("shop") TestCluster shop)
      throws Exception {
    String address = address();
    shop.await(
        "synctargets.workload.kcp.io",
        "",
        "edge-1",
        target -> target.integer("status.upstreamSync.objects.synced").orElse(0) == 1);

    HttpResponse<String> metrics = get(address, "/metrics");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body())
        .containsPattern("upstream_sync_objects\\{.*verdict=\"synced\".*\\} 1.0");
    for (String probe : List.of("/readyz", "/livez")) {
      assertThat(get(address, probe).statusCode()).isEqualTo(200);
      assertThat(get(address, probe).body()).startsWith("RUNNING: Running");
    }

    process.toHandle().destroy();

    String rest = log.lines().collect(Collectors.joining("\n"));
    assertThat(process.waitFor()).as(rest).isZero();
  }
}
