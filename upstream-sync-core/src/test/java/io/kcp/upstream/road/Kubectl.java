package io.kcp.upstream.road;

import io.kcp.upstream.testkit.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What an operator sees at this moment: kept in {@code target/operations} for the docs. */
final class Kubectl {
  private static final Path FOLDER = Path.of("target", "operations");
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("get", "synctargets"),
          List.of("get", "synctargets", "-o", "wide"),
          List.of("describe", "synctarget", "edge-1"),
          List.of("get", "events", "-A"),
          List.of("describe", "deployment", "-n", "shop", "web"));

  private Kubectl() {}

  static void save(TestCluster cluster, String moment) {
    try {
      Files.createDirectories(FOLDER);
      Path kubeconfig = Files.createTempFile("kubeconfig", "");
      Files.writeString(kubeconfig, cluster.kubeconfig());
      Path out = FOLDER.resolve(moment + ".txt");
      Files.writeString(out, "");
      for (List<String> command : COMMANDS) {
        Files.writeString(
            out,
            "$ kubectl " + String.join(" ", command) + "\n" + run(kubeconfig, command) + "\n",
            StandardOpenOption.APPEND);
      }
      Files.delete(kubeconfig);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String run(Path kubeconfig, List<String> command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(System.getenv("KUBEBUILDER_ASSETS") + "/kubectl");
    line.add("--kubeconfig=" + kubeconfig);
    line.addAll(command);
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(10, TimeUnit.SECONDS) ? text : text + "(it did not end)";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } finally {
      process.destroy();
    }
  }
}
