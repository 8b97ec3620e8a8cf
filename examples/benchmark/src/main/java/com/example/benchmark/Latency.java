package com.example.benchmark;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long a change takes to be seen. */
final class Latency implements Bench {
  private static final List<Integer> RATES = List.of(1, 50, 500);
  private static final List<String> CONTENDERS = List.of("by-hand", "upstream-sync");
  private static final Duration LONG = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public String title() {
    return "Milliseconds from the physical server's answer to a write until a watch in the"
        + " workspace shows it.";
  }

  @Override
  public Report run(Options options) throws Exception {
    int objects = options.objectsOr(200);
    Workload workload = Workload.configMaps();
    Report report = new Report(this, "changes/s", "contender", "p50", "p99", "p99, ratio");
    Map<String, Map<Integer, Sample>> times = new LinkedHashMap<>();
    try (Server physical = Server.start(options, workload)) {
      physical.load(workload, objects);
      int first = objects * 10;
      for (String contender : CONTENDERS) {
        times.put(contender, new LinkedHashMap<>());
        try (Server workspace = Server.start(options, workload);
            Runner runner = Runner.start(contender)) {
          runner.begin(physical, workspace, workload);
          Waiting.until(
              Duration.ofMinutes(2), "all is there", () -> workspace.holds(workload, objects));
          first = run(options, physical, workspace, objects, first, times.get(contender));
          runner.end();
        }
      }
    }
    for (int rate : RATES) {
      double byHand = times.get(CONTENDERS.get(0)).get(rate).quantile(0.99);
      for (String contender : CONTENDERS) {
        Sample sample = times.get(contender).get(rate);
        double p99 = sample.quantile(0.99);
        report.row(rate, contender, sample.median(), p99, p99 / byHand);
      }
    }
    return report.note(
        LONG.toSeconds()
            + " s of changes to "
            + objects
            + " ConfigMaps at each rate, after 1 s at 200/s that warms up. By hand: one watch, and a"
            + " forced apply for each event over 16 connections.");
  }

  private static int run(
      Options options,
      Server physical,
      Server workspace,
      int objects,
      int first,
      Map<Integer, Sample> times)
      throws Exception {
    int next = first;
    var kind = Workload.configMaps().kinds().get(0);
    new Changes(kind, physical, workspace, objects).make(next, 200, 200);
    next += 200;
    for (int rate : RATES) {
      int count = (int) Math.max(1, rate * options.time(LONG).toMillis() / 1_000);
      times.put(rate, new Changes(kind, physical, workspace, objects).make(next, count, rate));
      next += count;
    }
    return next + objects;
  }
}
