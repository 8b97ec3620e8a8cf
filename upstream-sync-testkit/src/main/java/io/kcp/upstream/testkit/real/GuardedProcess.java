package io.kcp.upstream.testkit.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program in a process of its own, with a folder that is its working directory. A shell guards
 * it: the shell's input is a pipe from this process, and when that ends, by {@link #close()} or
 * because this process is gone in whatever way, the shell kills the program and removes the folder.
 */
final class GuardedProcess implements AutoCloseable {
  private static final String GUARD =
      """
      trap '' HUP INT TERM PIPE
      home=$1
      shift
      cd "$home" || exit 1
      exec 3<&0
      "$@" >log 2>&1 </dev/null 3<&- &
      process=$!
      { read -r _ <&3; [ -e ended ] || kill -9 $process; } &
      guard=$!
      wait $process
      : >ended
      wait $guard
      cd /
      rm -rf "$home"
      rmdir "${home%/*}" 2>/dev/null
      """;

  private final Path home;
  private final Process shell;

  private GuardedProcess(Path home, Process shell) {
    this.home = home;
    this.shell = shell;
  }

  /**
   * @param home an existing folder for this process alone; its parent is removed, too, when it is
   *     left empty
   */
  static GuardedProcess start(Path home, List<String> command) {
    List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "guard"));
    guarded.add(home.toString());
    guarded.addAll(command);
    try {
      Process shell =
          new ProcessBuilder(guarded)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new GuardedProcess(home, shell);
    } catch (IOException e) {
      throw new IllegalStateException("/bin/sh can't be run, to guard " + command.get(0), e);
    }
  }

  /** Whether the program has ended by itself. */
  boolean hasEnded() {
    return Files.exists(home.resolve("ended")) || !shell.isAlive();
  }

  /** What the program wrote, or its end where that is long. */
  String log() {
    Path log = home.resolve("log");
    try {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return "its log cannot be read: " + e;
    }
  }

  /** Kills the program and waits until it and its folder are gone. Safe to call twice. */
  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      shell.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the guard goes on by itself
    }
  }
}
