package io.kcp.upstream.testkit.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.testkit.RealApiServer;
import io.kcp.upstream.testkit.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session with {@code kubectl} goes as {@code session.txt} has it, on both servers. After a
 * change of its commands, {@code -Dkubectl.record} writes down what the real server answers.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with kubectl and kube-apiserver")
class KubectlIT {
  private static final List<String> FILES =
      List.of(
          "web.yaml",
          "web-2.yaml",
          "web-of-bob.yaml",
          "bad-web.yaml",
          "widgets.yaml",
          "widget.yaml",
          "bad-widget.yaml",
          "owner.yaml",
          "owned.yaml");

  @TempDir Path folder;

  @Test
  void inMemory() throws IOException, InterruptedException {
    try (TestCluster server = InMemoryApiServer.builder().garbageCollector(true).start()) {
      assertThat(expected().differences(session(server))).isEmpty();
    }
  }

  @Test
  void onARealServer() throws IOException, InterruptedException {
    try (TestCluster server = RealApiServer.builder().workspace(true).start()) {
      Session found = session(server);
      if (System.getProperty("kubectl.record") != null) {
        Path file = Path.of("src/test/resources/io/kcp/upstream/testkit/kubectl/session.txt");
        Files.writeString(file, found.text());
        return;
      }
      assertThat(expected().differences(found)).isEmpty();
    }
  }

  private static Session expected() throws IOException {
    return Session.read(content("session.txt"));
  }

  private Session session(TestCluster server) throws IOException, InterruptedException {
    for (String file : FILES) {
      Files.writeString(folder.resolve(file), content(file));
    }
    try (Shell shell = new Shell(folder, server)) {
      return expected().run(shell, NormalText::of);
    }
  }

  private static String content(String file) throws IOException {
    try (InputStream in = KubectlIT.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(in, file).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
