package com.example.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs benchmarks, prints their tables, and keeps them as Markdown and JSON. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = "Measures the engine beside what a user would write instead.")
public final class Benchmark implements Callable<Integer> {
  enum Servers {
    real,
    memory
  }

  private static final List<Bench> ALL =
      List.of(
          new InitialSync(),
          new Restart(),
          new Latency(),
          new Heap(),
          new Noise(),
          new Types(),
          new Conflicts(),
          new Cpu(),
          new Micro(),
          new ApiServer());

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      description = "Which benchmarks to run; all when none is named. Known: ${NAMES}")
  private List<String> names = List.of();

  @Option(names = "--objects", defaultValue = "0", description = "Objects; 0: each its own number.")
  private int objects;

  @Option(
      names = "--servers",
      defaultValue = "real",
      description = "real needs KUBEBUILDER_ASSETS. One of: ${COMPLETION-CANDIDATES}")
  private Servers servers;

  @Option(names = "--rounds", defaultValue = "3", description = "Measured rounds; ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--out",
      defaultValue = "target/benchmarks",
      description = "Folder of the results; ${DEFAULT-VALUE}")
  private Path out;

  /** Runs the command; exits with 2 on bad arguments. */
  public static void main(String[] args) {
    System.setProperty("NAMES", String.join(", ", names().toList()));
    System.exit(new CommandLine(new Benchmark()).execute(args));
  }

  static Stream<String> names() {
    return ALL.stream().map(Bench::name);
  }

  @Override
  public Integer call() throws Exception {
    List<Bench> chosen = chosen();
    Options options = new Options(objects, servers == Servers.real, rounds, out);
    Files.createDirectories(out);
    StringBuilder markdown = new StringBuilder(header(options));
    System.out.print(markdown);
    ObjectMapper json = new ObjectMapper();
    for (Bench bench : chosen) {
      Report report = bench.run(options);
      System.out.print(report.markdown());
      markdown.append(report.markdown());
      ObjectNode result = report.json().put("header", header(options).strip());
      json.writerWithDefaultPrettyPrinter()
          .writeValue(out.resolve(bench.name() + ".json").toFile(), result);
    }
    Files.writeString(out.resolve("benchmarks.md"), markdown);
    return 0;
  }

  private List<Bench> chosen() {
    List<Bench> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(
          ALL.stream()
              .filter(bench -> bench.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name)));
    }
    if (objects < 0 || rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--objects can't be negative, and --rounds is at least 1");
    }
    return chosen.isEmpty() ? ALL : chosen;
  }

  private ParameterException unknown(String name) {
    return new ParameterException(
        spec.commandLine(),
        "there is no benchmark \"%s\"; known: %s".formatted(name, System.getProperty("NAMES")));
  }

  private static String header(Options options) throws IOException {
    return "%s; %d cores; %s %s; JDK %s; %s servers, median of %d rounds\n\n"
        .formatted(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version(),
            options.real() ? "real (kube-apiserver and etcd)" : "in-memory",
            options.rounds());
  }
}
