package io.kcp.upstream.testkit.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.testkit.TestCluster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs command lines with {@code kubectl} for one server, in a folder of its own. */
final class Shell implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final Path folder;
  private Process background;
  private Path backgroundOutput;

  /**
   * @param folder holds the files that commands name
   */
  Shell(Path folder, TestCluster server) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig());
  }

  /** What a command prints on both of its streams, and its exit code if that is not 0. */
  String run(String command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", "");
    Process process = start(command, output);
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      end(process);
      throw new AssertionError("no end after " + LIMIT + ": " + command);
    }
    int code = process.exitValue();
    return Files.readString(output) + (code == 0 ? "" : "exit code " + code + "\n");
  }

  /** Starts a command that prints so many lines at first. */
  void watch(String command, int lines) throws IOException {
    assertThat(background).as("a watch that has not ended").isNull();
    backgroundOutput = Files.createTempFile(folder, "watch", "");
    background = start("exec " + command, backgroundOutput);
    awaitLines(lines);
  }

  /** Ends the watch when it has printed so many lines in all; returns what it printed. */
  String endWatch(int lines) throws IOException {
    awaitLines(lines);
    end(background);
    background = null;
    return Files.readString(backgroundOutput);
  }

  private void awaitLines(int lines) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(Files.readAllLines(backgroundOutput, UTF_8)).hasSize(lines));
  }

  private Process start(String command, Path output) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    builder
        .environment()
        .compute(
            "PATH",
            (name, path) -> System.getenv("KUBEBUILDER_ASSETS") + File.pathSeparator + path);
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("TZ", "UTC");
    builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
    return builder.start();
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    if (background != null) {
      end(background);
    }
  }
}
