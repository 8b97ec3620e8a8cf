package com.example.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM beside ours that answers line by line; what it logs goes to our standard error. */
final class JavaProcess implements AutoCloseable {
  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;

  private JavaProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
  }

  /** Runs a main class of our own class path with so much heap. */
  static JavaProcess start(String name, int heapMegabytes, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMegabytes + "m");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new JavaProcess(
        name, new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Asks, and waits for the answer. */
  String ask(String question) throws IOException {
    questions.write(question + "\n");
    questions.flush();
    return readLine();
  }

  String readLine() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IllegalStateException("the process \"" + name + "\" ended early");
    }
    return line;
  }

  @Override
  public void close() {
    try {
      questions.close();
    } catch (IOException e) {
      // it has ended by itself, which is looked at next
    }
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
