package com.example.benchmark;

import com.example.benchmark.contender.Api;
import com.example.benchmark.contender.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What changes that concern nobody upstream cost there. */
final class Noise implements Bench {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Kind HEARTBEAT =
      new Kind("coordination.k8s.io", "v1", "leases", "Lease", "");

  @Override
  public String name() {
    return "noise";
  }

  @Override
  public String title() {
    return "Requests to the workspace while the physical side changes what is not pulled up.";
  }

  @Override
  public Report run(Options options) throws Exception {
    int objects = options.objectsOr(500);
    Workload workload = Workload.configMaps();
    Report report = new Report(this, "contender", "physical writes", "requests to the workspace");
    try (Server physical = Server.start(options, workload)) {
      physical.load(workload, objects);
      Api.parallel(10, i -> physical.api().post(HEARTBEAT.collection(), lease("node-" + i)));
      for (String contender : List.of("upstream-sync", "controller", "operator")) {
        try (Server workspace = Server.start(options, workload);
            Runner runner = Runner.start(contender)) {
          runner.begin(physical, workspace, workload);
          Waiting.until(LIMIT, "all is there", () -> workspace.holds(workload, objects));
          Waiting.passes(options.time(Duration.ofSeconds(3))); // what belongs to the start
          Map<String, Double> before = workspace.api().requests();
          int writes = disturb(physical, objects);
          Waiting.passes(options.time(Duration.ofSeconds(5)));
          report.row(contender, writes, more(workspace, before));
          runner.end();
        }
      }
    }
    return report.note(
        "Per object one finalizer set and removed and a new last-applied-configuration; renewals of"
            + " Leases. Not counted: the syncer's own Lease and SyncTarget.");
  }

  private static String lease(String name) {
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"holderIdentity\":\"%s\"}}"
        .formatted(name, name);
  }

  private static int disturb(Server physical, int objects) {
    Kind kind = Workload.configMaps().kinds().get(0);
    String applied = "kubectl.kubernetes.io/last-applied-configuration";
    Api.parallel(
        objects,
        i -> {
          String path = kind.collection() + "/o" + i;
          patch(physical, path, "{\"metadata\":{\"finalizers\":[\"example.com/wait\"]}}");
          patch(physical, path, "{\"metadata\":{\"finalizers\":null}}");
          patch(
              physical,
              path,
              "{\"metadata\":{\"annotations\":{\"%s\":\"{%d}\"}}}"
                  .formatted(applied, System.nanoTime()));
          patch(
              physical,
              HEARTBEAT.collection() + "/node-" + i % 10,
              "{\"spec\":{\"leaseDurationSeconds\":" + (i + 1) + "}}");
        });
    return objects * 4;
  }

  private static void patch(Server physical, String path, String body) {
    physical.api().patch(path, Api.MERGE_PATCH, body);
  }

  private static String more(Server workspace, Map<String, Double> before) {
    return before.isEmpty()
        ? "not counted by this server"
        : Restart.Requests.less(workspace.api().requests(), before);
  }
}
