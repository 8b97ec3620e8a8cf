package com.example.syncer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of the command. */
@ApiServerTest
class SyncerIT {
  private static final String TARGET =
      """
      apiVersion: workload.kcp.io/v1alpha1
      kind: SyncTarget
      metadata:
        name: edge-1
      spec:
        upstreamSync:
          resources:
          - resource: configmaps
      """;

  private static final String CONFIG_MAP =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: greeting
        namespace: default
      data:
        text: hello
      """;

  @TempDir private Path folder;
  private final PrintStream stdout = System.out;
  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path edgeConfig;
  private Path shopConfig;
  private TestCluster shop;

  @BeforeEach
  void kubeconfigs(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop)
      throws IOException {
    this.shop = shop;
    edgeConfig = Files.writeString(folder.resolve("edge.kubeconfig"), edge.kubeconfig());
    shopConfig = Files.writeString(folder.resolve("shop.kubeconfig"), shop.kubeconfig());
    edge.as("kubectl").apply(CONFIG_MAP);
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(stdout);
    System.setErr(stderr);
  }

  private int run(String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "--physical-kubeconfig",
            edgeConfig.toString(),
            "--workspace-kubeconfig",
            shopConfig.toString()));
    arguments.addAll(List.of(more));
    return Syncer.execute(arguments.toArray(String[]::new));
  }

  private void assertRefused(int code, String... words) {
    assertThat(code).isEqualTo(2);
    List<String> lines =
        err.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("syncer: "))
            .toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).contains(words);
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ");
  }

  @Test
  void printsAPlanAsATable() {
    shop.as("admin").apply(TARGET);

    assertThat(run("--sync-target", "edge-1", "--plan")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("CREATE +physical:configmaps/default/greeting");
    assertThat(shop.find("configmaps", "default", "greeting")).isEmpty();
  }

  @Test
  void printsAPlanAsJson() {
    shop.as("admin").apply(TARGET);

    assertThat(run("--sync-target", "edge-1", "--plan", "-o", "json")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("[")
        .contains("\"physical\": \"physical:configmaps/default/greeting\"");
  }

  @Test
  void printsTheOpenConflicts(@Cluster("edge") TestCluster edge) throws Exception {
    shop.as("admin").apply(TARGET);
    try (UpstreamSyncer syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "edge-1")
            .build()) {
      syncer.start();
      syncer.awaitInSync(Duration.ofSeconds(20));
    }
    edge.as("kubectl").set("configmaps", "default", "greeting", "data.text", "hi");
    shop.as("tenant").set("configmaps", "default", "greeting", "data.text", "bonjour");

    assertThat(run("--sync-target", "edge-1", "--conflicts")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("OBJECT +FIELD +PHYSICAL +UPSTREAM +WHO +SINCE")
        .containsPattern(
            "physical:configmaps/default/greeting +data.text +hi \\(edited\\) +bonjour \\(edited\\)"
                + " +tenant +20");
  }

  @Test
  void explainsOneObject() {
    shop.as("admin").apply(TARGET);

    assertThat(run("--sync-target", "edge-1", "--explain", "physical:deployments.apps/default/web"))
        .isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("verdict +NOT_SELECTED")
        .contains("deployments.apps");
  }

  @Test
  void refusesAMissingKubeconfig() {
    edgeConfig = folder.resolve("nowhere");

    assertRefused(
        run("--sync-target", "edge-1"),
        "--physical-kubeconfig",
        folder.resolve("nowhere").toString(),
        "there is no such file");
  }

  @Test
  void refusesWhatIsNoKubeconfig() throws IOException {
    Files.writeString(shopConfig, "{[");

    assertRefused(run("--sync-target", "edge-1"), "--workspace-kubeconfig", "it is no kubeconfig");
  }

  @Test
  void refusesAnUnknownContext() {
    assertRefused(
        run("--sync-target", "edge-1", "--workspace-context", "other"),
        "--workspace-context is \"other\"",
        "has no such context");
  }

  @Test
  void refusesAMissingSyncTarget() {
    assertRefused(
        run("--sync-target", "edge-1"), "SyncTarget \"edge-1\" does not exist", "create it");
  }

  @Test
  void refusesAnUnknownPlugin() {
    shop.as("admin").apply(TARGET + "    transformers: [{name: acme.example.com/nobody}]\n");

    assertRefused(
        run("--sync-target", "edge-1"),
        "spec.upstreamSync.transformers",
        "acme.example.com/nobody");
  }

  @Test
  void refusesOneServerForBothSides() {
    edgeConfig = shopConfig;
    shop.as("admin").apply(TARGET);

    assertRefused(run("--sync-target", "edge-1"), "are the same server", "must be two");
  }

  @Test
  void refusesAMissingFlagInOneLine() {
    assertRefused(run(), "--sync-target");
  }

  @Test
  void refusesAPortThatIsTakenOrNone() throws IOException {
    shop.as("admin").apply(TARGET);
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = String.valueOf(taken.getLocalPort());

      assertRefused(
          run("--sync-target", "edge-1", "--metrics-port", port),
          "--metrics-port " + port,
          "can't be served",
          "in use");
    }
    err.reset();

    assertRefused(
        run("--sync-target", "edge-1", "--metrics-port", "70000"),
        "--metrics-port is 70000",
        "65535");
  }

  @Test
  void refusesAKeyThatDoesNotParse() {
    shop.as("admin").apply(TARGET);

    assertRefused(
        run("--sync-target", "edge-1", "--explain", "web"),
        "'web'",
        "physical:deployments.apps/shop/web");
  }
}
