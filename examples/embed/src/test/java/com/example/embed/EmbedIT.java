package com.example.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java example: compiled, quoted to the letter, and run as a program of its own. */
@ApiServerTest
class EmbedIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String SHOP =
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
        namespace: shop
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
            - {name: web, image: registry.example.com/web}
      """;

  private static final String TARGET =
      """
      apiVersion: workload.kcp.io/v1alpha1
      kind: SyncTarget
      metadata:
        name: edge-1
      spec:
        upstreamSync:
          resources:
          - {group: apps, resource: deployments}
      """;

  @Test
  void theReadmeQuotesIt() throws IOException {
    Path module = Path.of("").toAbsolutePath();
    String source = Files.readString(module.resolve("src/main/java/com/example/embed/Embed.java"));
    String body =
        source
            .substring(source.indexOf("    ApiClient edge"), source.indexOf("  }\n}\n"))
            .replaceAll("(?m)^    ", "");

    assertThat(Files.readString(module.resolve("../../README.md")))
        .contains("```java\n" + body + "```\n");
  }

  @Test
  void pullsADeploymentUp(
      @Cluster("edge") TestCluster edge,
      @Cluster("kcp") TestCluster kcp,
      @Cluster(value = "kcp", workspace = "root:shop") TestCluster shop,
      @TempDir Path folder)
      throws Exception {
    edge.as("kubectl").apply(SHOP);
    shop.as("admin").apply(TARGET);
    Files.writeString(folder.resolve("edge.kubeconfig"), edge.kubeconfig());
    Files.writeString(folder.resolve("kcp.kubeconfig"), kcp.kubeconfig());
    File printed = folder.resolve("printed").toFile();
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Embed.class.getName())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed)
            .start();
    try {
      shop.await(
          "deployments.apps", "shop", "web", web -> web.integer("spec.replicas").isPresent());
      program.destroy();

      assertThat(program.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(List.of(0, 143))
          .as("the exit code of a JVM that SIGTERM ended")
          .contains(program.exitValue());
    } finally {
      program.destroyForcibly();
    }
  }
}
