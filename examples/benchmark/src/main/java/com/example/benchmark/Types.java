package com.example.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** What many types cost. */
final class Types implements Bench {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int PER_TYPE = 5;

  @Override
  public String name() {
    return "types";
  }

  @Override
  public String title() {
    return "A process that pulls up many custom types: threads, sockets, requests, seconds.";
  }

  @Override
  public Report run(Options options) throws Exception {
    List<Integer> sizes =
        options.objects() > 0 ? List.of(options.objects()) : List.of(10, 100, 300);
    Report report =
        new Report(this, "types", "contender", "seconds", "threads", "sockets", "requests");
    for (int size : sizes) {
      Workload workload = Workload.manyTypes(size);
      try (Server physical = Server.start(options, workload)) {
        physical.load(workload, size * PER_TYPE);
        for (String contender : List.of("upstream-sync", "controller")) {
          measure(options, physical, workload, contender, report);
        }
      }
    }
    return report.note(
        PER_TYPE
            + " objects of each type. Two watches per type are open in each contender. The operator"
            + " takes no part: it needs a class for each type.");
  }

  private static void measure(
      Options options, Server physical, Workload workload, String contender, Report report)
      throws Exception {
    int types = workload.kinds().size();
    try (Server workspace = Server.start(options, workload);
        Runner runner = Runner.start(contender)) {
      Restart.Requests before = new Restart.Requests(physical.api(), workspace.api());
      long start = System.nanoTime();
      runner.begin(physical, workspace, workload);
      Waiting.until(LIMIT, "all is there", () -> workspace.holds(workload, types * PER_TYPE));
      double seconds = (System.nanoTime() - start) / 1e9;
      JsonNode usage = runner.usage();
      report.row(
          types,
          contender,
          seconds,
          usage.path("threads").asInt(),
          usage.path("sockets").asInt(),
          before.since());
      runner.end();
    }
  }
}
