package io.kcp.upstream.testkit.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedProcessIT {
  @TempDir Path folder;

  /** Runs in a JVM of its own: starts a program, says which one, and waits to be killed. */
  public static final class Host {
    public static void main(String[] args) throws Exception {
      GuardedProcess process = GuardedProcess.start(Path.of(args[0]), List.of("sleep", "1000"));
      System.out.println(process.hasEnded());
      System.in.read();
    }
  }

  private Path home() throws Exception {
    return Files.createDirectories(folder.resolve("parent").resolve("home"));
  }

  @Test
  void closingKillsTheProgramAndRemovesItsFolder() throws Exception {
    Path home = home();
    GuardedProcess process = GuardedProcess.start(home, List.of("sh", "-c", "echo up; sleep 1000"));
    await().until(() -> process.log().contains("up"));
    assertThat(process.hasEnded()).isFalse();

    process.close();
    process.close();

    assertThat(home.getParent()).doesNotExist();
  }

  @Test
  void noticesThatTheProgramEndedAndKeepsItsLog() throws Exception {
    try (GuardedProcess process =
        GuardedProcess.start(home(), List.of("sh", "-c", "echo why; exit 3"))) {
      await().until(process::hasEnded);

      assertThat(process.log()).contains("why");
    }
  }

  @Test
  void theProgramEndsWhenTheJvmIsKilled() throws Exception {
    Path home = home();
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Host.class.getName(),
                home.toString())
            .redirectError(new File("/dev/null"))
            .start();
    try (BufferedReader output = jvm.inputReader()) {
      assertThat(output.readLine()).isEqualTo("false");
      List<ProcessHandle> started;
      try (Stream<ProcessHandle> processes = jvm.descendants()) {
        started = processes.toList();
      }
      assertThat(started).hasSizeGreaterThanOrEqualTo(2);

      jvm.destroyForcibly();

      await().until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
      assertThat(home.getParent()).doesNotExist();
    } finally {
      jvm.destroyForcibly();
    }
  }
}
