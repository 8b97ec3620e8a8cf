package com.example.benchmark;

import java.time.Duration;
import java.util.List;

/** What events cost in CPU. */
final class Cpu implements Bench {
  private static final int OBJECTS = 1_000;
  private static final int PER_SECOND = 400;

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public String title() {
    return "CPU seconds of the contender's process for 10,000 changes, each pulled up.";
  }

  @Override
  public Report run(Options options) throws Exception {
    int events = options.objectsOr(10_000);
    int objects = Math.min(OBJECTS, events);
    Workload workload = Workload.pods();
    Report report = new Report(this, "contender", "CPU s per 10,000 changes", "ratio");
    double ours = Double.NaN;
    try (Server physical = Server.start(options, workload)) {
      physical.load(workload, objects);
      int first = objects * 10;
      for (String contender : List.of("upstream-sync", "controller", "operator")) {
        try (Server workspace = Server.start(options, workload);
            Runner runner = Runner.start(contender)) {
          runner.begin(physical, workspace, workload);
          Waiting.until(
              Duration.ofMinutes(5), "all is there", () -> workspace.holds(workload, objects));
          Changes changes = new Changes(Workload.POD, physical, workspace, objects);
          changes.make(first, events, PER_SECOND); // as many again: else it is the compiler's time
          first += events;
          double before = runner.cpuSeconds();
          changes.make(first, events, PER_SECOND);
          first += events + objects;
          double seconds = (runner.cpuSeconds() - before) * 10_000 / events;
          runner.end();
          ours = Double.isNaN(ours) ? seconds : ours;
          report.row(contender, seconds, seconds / ours);
        }
      }
    }
    return report.note(
        "%d changes to %d pods of 4 KB at %d/s, after as many that warm up."
            .formatted(events, objects, PER_SECOND));
  }
}
