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
      try (Server physical = Server.start(options, workload);
          Server workspace = Server.start(options, workload)) {
        physical.load(workload, count);
        Rounds.Round round = runner -> rate(runner, physical, workspace, workload, count);
        String limit = fastest(options, round);
        List<String> contenders = new ArrayList<>(List.of(limit));
        contenders.addAll(OTHERS);
        rows(report, workload, limit, Rounds.of(options, contenders, round));
      }
    }
    return report.note(
        count
            + " objects of each workload, into the same workspace, which is emptied after each"
            + " round. The limit is a bare loop that lists and POSTs, over the number of"
            + " connections that was fastest for it in a round before.");
  }

  private static String fastest(Options options, Rounds.Round round) throws Exception {
    Map<String, Sample> rates = Rounds.of(options.once(), BARE, round);
    String best = BARE.get(0);
    for (String bare : BARE) {
      best = rates.get(bare).median() > rates.get(best).median() ? bare : best;
    }
    return best;
  }

  private static double rate(
      Runner runner, Server physical, Server workspace, Workload workload, int count)
      throws Exception {
    long start = System.nanoTime();
    runner.begin(physical, workspace, workload);
    Waiting.until(LIMIT, "all is there", () -> workspace.holds(workload, count));
    double seconds = (System.nanoTime() - start) / 1e9;
    runner.end();
    workspace.empty(workload, count);
    return count / seconds;
  }

  private static void rows(
      Report report, Workload workload, String limit, Map<String, Sample> rates) {
    rates.forEach(
        (contender, rate) ->
            report.row(
                workload.name(),
                contender,
                rate.median(),
                rate.spread(),
                rate.median() / rates.get(limit).median()));
  }
}
