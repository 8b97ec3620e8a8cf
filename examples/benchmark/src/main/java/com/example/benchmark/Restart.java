package com.example.benchmark;

import com.example.benchmark.contender.Api;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a start on an unchanged pair costs. */
final class Restart implements Bench {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final String OURS = "upstream-sync";
  private static final String LISTING = "listing";

  @Override
  public String name() {
    return "restart";
  }

  @Override
  public String title() {
    return "Seconds from a start on an unchanged pair until it is known to be in sync.";
  }

  @Override
  public Report run(Options options) throws Exception {
    int count = options.objectsOr(10_000);
    Workload workload = Workload.mixed();
    Report report =
        new Report(
            this, "contender", "seconds", "lowest … highest", "ratio", "requests, last round");
    try (Server physical = Server.start(options, workload);
        Server workspace = Server.start(options, workload)) {
      physical.load(workload, count);
      fill(physical, workspace, workload, count);
      Map<String, String> requests = new TreeMap<>();
      Map<String, Sample> seconds =
          Rounds.of(
              options,
              List.of(LISTING, OURS),
              runner -> {
                Requests before = new Requests(physical.api(), workspace.api());
                long start = System.nanoTime();
                runner.begin(physical, workspace, workload);
                runner.awaitInSync();
                double took = (System.nanoTime() - start) / 1e9;
                requests.put(runner.name(), before.since());
                runner.end();
                return took;
              });
      double listing = seconds.get(LISTING).median();
      seconds.forEach(
          (name, sample) ->
              report.row(
                  name,
                  sample.median(),
                  sample.spread(),
                  sample.median() / listing,
                  requests.get(name)));
    }
    return report.note(count + " objects of 20 types, among them some that servers normalise.");
  }

  private static void fill(Server physical, Server workspace, Workload workload, int count)
      throws Exception {
    try (Runner first = Runner.start(OURS)) {
      first.begin(physical, workspace, workload);
      Waiting.until(LIMIT, "all is there", () -> workspace.holds(workload, count));
      first.awaitInSync();
      first.end();
    }
  }

  /** Requests to both sides since a moment. */
  record Requests(
      Api physical, Api workspace, Map<String, Double> here, Map<String, Double> there) {
    Requests(Api physical, Api workspace) {
      this(physical, workspace, physical.requests(), workspace.requests());
    }

    String since() {
      if (here.isEmpty()) {
        return "not counted by this server";
      }
      return "physical "
          + less(physical.requests(), here)
          + "; workspace "
          + less(workspace.requests(), there);
    }

    static String less(Map<String, Double> now, Map<String, Double> before) {
      StringBuilder text = new StringBuilder();
      now.forEach(
          (verb, count) -> {
            long more = Math.round(count - before.getOrDefault(verb, 0.0));
            if (more > 0) {
              text.append(text.isEmpty() ? "" : ", ").append(more).append(' ').append(verb);
            }
          });
      return text.isEmpty() ? "none" : text.toString();
    }
  }
}
