package com.example.benchmark;

import com.example.benchmark.contender.Api;
import com.example.benchmark.contender.Kind;
import java.time.Duration;

/** What conflicts cost. */
final class Conflicts implements Bench {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String APPLY = "application/apply-patch+yaml";

  @Override
  public String name() {
    return "conflicts";
  }

  @Override
  public String title() {
    return "Seconds until as many objects, all changed on both sides, are decided for physical.";
  }

  @Override
  public Report run(Options options) throws Exception {
    int objects = options.objectsOr(1_000);
    Workload workload = Workload.configMaps();
    Report report = new Report(this, "what", "seconds", "ms per object", "ratio");
    Sample forced = new Sample();
    Sample decided = new Sample();
    try (Server physical = Server.start(options, workload);
        Runner runner = Runner.start("upstream-sync-decides")) {
      physical.load(workload, objects);
      for (int i = 0; i <= options.rounds(); i++) {
        try (Server workspace = Server.start(options, workload)) {
          runner.begin(physical, workspace, workload);
          Waiting.until(LIMIT, "all is there", () -> workspace.holds(workload, objects));
          double ours = decided(physical, workspace, objects, i + 1);
          runner.end();
          double bare = forced(workspace, objects);
          if (i > 0) {
            decided.add(ours);
            forced.add(bare);
          }
        }
      }
    }
    double bare = forced.median();
    report.row("a forced apply of each, over 16 connections", bare, bare * 1e3 / objects, 1.0);
    double ours = decided.median();
    report.row(
        "upstream-sync, from the physical changes on", ours, ours * 1e3 / objects, ours / bare);
    return report.note(
        objects
            + " ConfigMaps; three-way-merge with the fallback client-side-wins. The physical writes"
            + " take their part of the time.");
  }

  private static double decided(Server physical, Server workspace, int objects, int round) {
    Kind kind = Workload.configMaps().kinds().get(0);
    Api.parallel(objects, i -> apply(workspace, kind, i, "tenant", "theirs-" + round));
    String ours = "ours-" + round;
    long start = System.nanoTime();
    Api.parallel(
        objects,
        i ->
            physical
                .api()
                .patch(
                    kind.collection() + "/o" + i,
                    Api.MERGE_PATCH,
                    "{\"data\":{\"payload\":\"" + ours + "\"}}"));
    Waiting.until(LIMIT, "all are decided", () -> all(workspace, kind, ours));
    return (System.nanoTime() - start) / 1e9;
  }

  private static boolean all(Server workspace, Kind kind, String value) {
    for (var item : workspace.api().get(kind.collection()).path("items")) {
      boolean ofServer = item.at("/metadata/name").asText().startsWith("kube-");
      if (!ofServer && !item.at("/data/payload").asText().equals(value)) {
        return false;
      }
    }
    return true;
  }

  private static double forced(Server workspace, int objects) {
    Kind kind = Workload.configMaps().kinds().get(0);
    long start = System.nanoTime();
    Api.parallel(objects, i -> apply(workspace, kind, i, "bare", "forced"));
    return (System.nanoTime() - start) / 1e9;
  }

  private static void apply(Server workspace, Kind kind, int i, String manager, String value) {
    workspace
        .api()
        .patch(
            kind.collection() + "/o" + i + "?force=true&fieldManager=" + manager,
            APPLY,
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"o%d\"},\"data\":{\"payload\":\"%s\"}}"
                .formatted(i, value));
  }
}
