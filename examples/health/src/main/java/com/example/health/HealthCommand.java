package com.example.health;

import io.kcp.upstream.status.health.HealthProfile;
import io.kcp.upstream.status.health.HealthRules;
import io.kcp.upstream.status.health.HealthSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Judges the objects of files or of standard input. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = {
      "Prints health, reason and message of the objects in a YAML or JSON stream, such as",
      "  kubectl get all -A -o yaml | ./examples/run health",
      "Pods in the same stream count for the workloads that own them."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:All objects were judged, whatever the verdict",
      "1:With --exit-code: an object is neither healthy nor suspended",
      "2:Bad arguments or input; nothing is printed on standard output"
    })
public final class HealthCommand implements Callable<Integer> {
  private static final int NOT_HEALTHY = 1;
  private static final int BAD_INPUT = 2;

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      defaultValue = "-",
      description = "A file; - is standard input, the default. May be given more than once.")
  private List<String> files;

  @Option(
      names = "--profile",
      paramLabel = "P",
      defaultValue = "union",
      description = "Whose rules judge: union (ours, the default), kstatus, gitops or karmada.")
  private HealthProfile profile;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "How to print; default: table.")
  private Output output;

  @Option(
      names = "--now",
      paramLabel = "TIME",
      description = "The time to judge at, such as 2026-01-02T03:04:05Z; default: now.")
  private Instant now;

  @Option(
      names = "--exit-code",
      description = "Exits with 1 when an object is neither healthy nor suspended.")
  private boolean exitCode;

  /** Runs the command. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  static int execute(String... args) {
    return new CommandLine(new HealthCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, arguments) -> refuse(e.getMessage()))
        .setExecutionExceptionHandler(
            (e, command, result) -> {
              if (e instanceof BadInputException) {
                return refuse(e.getMessage());
              }
              throw e;
            })
        .execute(args);
  }

  private static int refuse(String message) {
    System.err.println("health: " + message.replace('\n', ' '));
    return BAD_INPUT;
  }

  @Override
  public Integer call() {
    HealthRules rules = HealthRules.of(HealthSettings.defaults().withProfile(profile), List.of());
    List<Given> objects = new ArrayList<>();
    files.forEach(file -> objects.addAll(read(file)));
    List<Judged> judged = judge(objects, rules);
    System.out.print(output.render(judged));
    return exitCode && !judged.stream().allMatch(Judged::isWell) ? NOT_HEALTHY : 0;
  }

  private List<Judged> judge(List<Given> objects, HealthRules rules) {
    Instant time = now == null ? Instant.now() : now;
    OwnedPods pods = new OwnedPods(objects, rules, new Surroundings(time, Optional.empty()));
    return objects.stream()
        .map(
            object ->
                Judged.of(
                    object,
                    rules.assess(object.tree(), new Surroundings(time, pods.of(object.tree())))))
        .toList();
  }

  private static List<Given> read(String file) {
    if (file.equals("-")) {
      return read("standard input", System.in);
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return read(file, in);
    } catch (NoSuchFileException e) {
      throw new BadInputException(file + ": there is no such file");
    } catch (IOException e) {
      throw new BadInputException(file + ": it can't be read: " + e.getMessage());
    }
  }

  private static List<Given> read(String name, InputStream in) {
    try {
      return new Documents(name).objects(in.readAllBytes());
    } catch (IOException e) {
      throw new BadInputException(name + ": it can't be read: " + e.getMessage());
    }
  }
}
