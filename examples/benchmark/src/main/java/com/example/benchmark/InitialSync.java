package com.example.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How fast an empty workspace fills. */
final class InitialSync implements Bench {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final List<String> BARE = List.of("bare-4", "bare-16", "bare-32");
  private static final List<String> OTHERS = List.of("upstream-sync", "controller", "operator");

  @Override
  public String name() {
    return "initial-sync";
  }

  @Override
  public String title() {
    return "Objects per second from the start until the workspace holds them all; start-up counts.";
  }

  @Override
  public Report run(Options options) throws Exception {
    int count = options.objectsOr(5_000);
    Report report =
        new Report(
            this, "workload", "contender", "objects/s", "lowest … highest", "ratio to the limit");
    for (Workload workload : List.of(Workload.configMaps(), Workload.pods(), Workload.mixed())) {
      try (Server physical = Server.start(options, workload)) {
        physical.load(workload, count);
        List<String> all = new ArrayList<>(BARE);
        all.addAll(OTHERS);
        Map<String, Sample> rates =
            Rounds.of(options, all, runner -> rate(options, runner, physical, workload, count));
        rows(report, workload, rates);
      }
    }
    return report.note(
        count
            + " objects of each workload. The limit is a bare loop that lists and POSTs, over the"
            + " number of connections that was fastest for it.");
  }

  private static double rate(
      Options options, Runner runner, Server physical, Workload workload, int count)
      throws Exception {
    try (Server workspace = Server.start(options, workload)) {
      long start = System.nanoTime();
      runner.begin(physical, workspace, workload);
      Waiting.until(LIMIT, "all is there", () -> workspace.holds(workload, count));
      double seconds = (System.nanoTime() - start) / 1e9;
      runner.end();
      return count / seconds;
    }
  }

  private static void rows(Report report, Workload workload, Map<String, Sample> rates) {
    String best = BARE.get(0);
    for (String bare : BARE) {
      best = rates.get(bare).median() > rates.get(best).median() ? bare : best;
    }
    double limit = rates.get(best).median();
    List<String> shown = new ArrayList<>(List.of(best));
    shown.addAll(OTHERS);
    for (String contender : shown) {
      Sample rate = rates.get(contender);
      report.row(workload.name(), contender, rate.median(), rate.spread(), rate.median() / limit);
    }
  }
}
