package io.kcp.upstream.testkit.kubectl;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Command lines and what they print, as in a terminal: {@code $ command}, its output below, behind
 * a bar. {@code watch N command} goes on in the background once it has printed N lines; {@code end
 * N} ends it at N lines. Lines that begin with {@code #} are comments.
 */
record Session(List<Step> steps) {
  private static final String BAR = "|";

  /**
   * @param line as in the file
   * @param output every line with its line break
   */
  record Step(String line, String output) {
    String text() {
      return line
          + "\n"
          + output
              .lines()
              .map(out -> (BAR + " " + out).stripTrailing() + "\n")
              .collect(Collectors.joining());
    }

    private boolean isCommand() {
      return line.startsWith("$ ") || line.startsWith("watch ") || line.startsWith("end ");
    }
  }

  static Session read(String file) {
    List<Step> steps = new ArrayList<>();
    for (String line : file.lines().toList()) {
      if (!line.startsWith(BAR)) {
        steps.add(new Step(line, ""));
      } else {
        Step last = steps.remove(steps.size() - 1);
        String text = line.substring(Math.min(2, line.length()));
        steps.add(new Step(last.line(), last.output() + text + "\n"));
      }
    }
    return new Session(steps);
  }

  String text() {
    return steps.stream().map(Step::text).collect(Collectors.joining());
  }

  /** The same commands, with what they print now. */
  Session run(Shell shell, UnaryOperator<String> normal) throws IOException, InterruptedException {
    List<Step> done = new ArrayList<>();
    for (Step step : steps) {
      String output = step.isCommand() ? run(step.line(), shell) : "";
      done.add(new Step(step.line(), normal.apply(output)));
    }
    return new Session(done);
  }

  private static String run(String line, Shell shell) throws IOException, InterruptedException {
    if (line.startsWith("$ ")) {
      return shell.run(line.substring(2));
    }
    String[] words = line.split(" ", 3);
    int lines = Integer.parseInt(words[1]);
    if (words[0].equals("end")) {
      return shell.endWatch(lines);
    }
    shell.watch(words[2], lines);
    return "";
  }

  /** The steps in which another run of the same commands differs, with both outputs. */
  List<String> differences(Session other) {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step mine = steps.get(i);
      Step theirs = other.steps().get(i);
      if (!mine.text().equals(theirs.text())) {
        differences.add("expected: " + mine.text() + "but was: " + theirs.text());
      }
    }
    return differences;
  }
}
