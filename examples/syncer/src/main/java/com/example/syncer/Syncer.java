package com.example.syncer;

import io.kcp.upstream.MicrometerMeters;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.SyncException;
import io.kcp.upstream.SyncRuntime;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectKey;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the syncer of one SyncTarget until the process is asked to end. */
@Command(
    name = "syncer",
    mixinStandardHelpOptions = true,
    description = "Pulls what a SyncTarget selects of a physical cluster up into a workspace.")
public final class Syncer implements Callable<Integer> {
  private static final int BAD_INPUT = 2;

  @Option(
      names = "--physical-kubeconfig",
      paramLabel = "F",
      required = true,
      description = "Kubeconfig of the physical cluster; it is only read.")
  private Path physicalKubeconfig;

  @Option(
      names = "--physical-context",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Context in it; default: its current one.")
  private String physicalContext;

  @Option(
      names = "--workspace-kubeconfig",
      paramLabel = "F",
      required = true,
      description = "Kubeconfig of kcp, or of the workspace itself.")
  private Path workspaceKubeconfig;

  @Option(
      names = "--workspace-context",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Context in it; default: its current one.")
  private String workspaceContext;

  @Option(
      names = "--workspace",
      paramLabel = "PATH",
      description =
          "Path of the workspace, such as root:org:ws; default: where the kubeconfig points.")
  private String workspacePath;

  @Option(names = "--sync-target", paramLabel = "NAME", required = true)
  private String syncTarget;

  @ArgGroup private Question question;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "How --plan, --explain and --conflicts answer; default: table.")
  private Output output;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Serves /metrics for Prometheus, /livez and /readyz on this port; default: none.")
  private Integer metricsPort;

  /** At most one of these; each writes nothing. */
  static final class Question {
    @SuppressWarnings("UnusedVariable") // where nothing else is asked, this is
    @Option(names = "--plan", description = "Prints what would be done.")
    private boolean plan;

    @Option(
        names = "--explain",
        paramLabel = "KEY",
        description =
            "Prints what is decided on one object, such as physical:deployments.apps/shop/web.")
    private String explain;

    @Option(
        names = "--conflicts",
        description = "Prints the open conflicts: both values, who holds the field, since when.")
    private boolean conflicts;
  }

  /** Runs the command; exits with 2 on bad input, told in one line. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  static int execute(String... args) {
    return new CommandLine(new Syncer())
        .setParameterExceptionHandler((e, arguments) -> refuse(e.getMessage()))
        .setExecutionExceptionHandler((e, command, result) -> refuse(oneLine(e)))
        .execute(args);
  }

  private static String oneLine(Exception e) throws Exception {
    if (e instanceof UsageException
        || e instanceof SyncException
        || e instanceof IllegalArgumentException) {
      return e.getMessage();
    }
    throw e;
  }

  private static int refuse(String message) {
    System.err.println("syncer: " + message.replace('\n', ' '));
    return BAD_INPUT;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (question == null && metricsPort != null) {
      return runMeasured();
    }
    try (UpstreamSyncer syncer =
        UpstreamSyncer.builder(physical(), workspace(), syncTarget).build()) {
      if (question != null) {
        System.out.print(answer(syncer));
        return 0;
      }
      run(syncer);
    }
    return 0;
  }

  private int runMeasured() throws InterruptedException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    SyncRuntime runtime = SyncRuntime.builder().meters(MicrometerMeters.of(registry)).build();
    try (runtime;
        UpstreamSyncer syncer =
            UpstreamSyncer.builder(physical(), workspace(), syncTarget).runtime(runtime).build();
        Probes probes =
            Probes.serve(
                metricsPort, new Probes.Sources(registry::scrape, syncer::state, runtime::stuck))) {
      System.err.println("syncer: metrics and probes at " + probes.address());
      run(syncer);
    }
    return 0;
  }

  /** SIGTERM and SIGINT are the ordinary end: what is under way is finished, the exit code is 0. */
  private static void run(UpstreamSyncer syncer) throws InterruptedException {
    Thread end =
        new Thread(
            () -> {
              syncer.close();
              Runtime.getRuntime().halt(0);
            },
            "end");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      syncer.start();
      syncer.awaitStopped();
    } catch (SyncException e) {
      Runtime.getRuntime().removeShutdownHook(end);
      throw e;
    }
  }

  private String answer(UpstreamSyncer syncer) {
    if (question.explain != null) {
      ObjectKey key = ObjectKey.parse(question.explain);
      return Reports.explanation(syncer.explain(key), output);
    }
    return question.conflicts
        ? Reports.conflicts(syncer.conflicts(), output)
        : Reports.plan(syncer.plan(), output);
  }

  private PhysicalCluster physical() {
    Kubeconfig kubeconfig =
        new Kubeconfig("--physical-kubeconfig", physicalKubeconfig, physicalContext);
    return PhysicalCluster.of(kubeconfig.client()).renewedBy(kubeconfig::client);
  }

  private Workspace workspace() {
    Kubeconfig kubeconfig =
        new Kubeconfig("--workspace-kubeconfig", workspaceKubeconfig, workspaceContext);
    Workspace workspace =
        workspacePath == null
            ? Workspace.of(kubeconfig.client())
            : Workspace.of(kubeconfig.client(), workspacePath);
    return workspace.renewedBy(kubeconfig::client);
  }
}
