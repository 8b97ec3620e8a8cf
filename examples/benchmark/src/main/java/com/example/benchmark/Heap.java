package com.example.benchmark;

import com.example.benchmark.contender.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a mirrored object costs in memory. */
final class Heap implements Bench {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final List<String> CONTENDERS = List.of("upstream-sync", "controller", "operator");
  private static final int LARGE = 8_192;
  private static final List<Integer> HEAPS = List.of(64, 96, 128, 192, 256, 512);

  @Override
  public String name() {
    return "heap";
  }

  @Override
  public String title() {
    return "Heap in use after a collection, per pair of a pod of 4 KB and its copy.";
  }

  @Override
  public Report run(Options options) throws Exception {
    List<Integer> sizes = sizes(options);
    Workload workload = Workload.pods();
    Report report = new Report(this, "objects", "contender", "bytes per pair", "ratio to ours");
    Map<String, Map<Integer, Double>> curves = new LinkedHashMap<>();
    try (Server physical = Server.start(options, workload)) {
      int loaded = 0;
      for (int size : sizes) {
        load(physical, loaded, size);
        loaded = size;
        double ours = Double.NaN;
        for (String contender : CONTENDERS) {
          double bytes = bytesPerPair(options, physical, workload, contender, size);
          ours = Double.isNaN(ours) ? bytes : ours;
          report.row(size, contender, bytes, bytes / ours);
          curves.computeIfAbsent(contender, name -> new TreeMap<>()).put(size, bytes * size / 1e6);
        }
      }
      smallest(options, physical, workload, loaded, report);
    }
    Picture.write(options.out().resolve("heap.svg"), "mirrored pairs", "heap in MB", curves);
    return report;
  }

  /** As 10,000, 50,000 and 100,000 are to each other. */
  private static List<Integer> sizes(Options options) {
    int most = options.objectsOr(100_000);
    return options.isTrial() ? List.of(most) : List.of(most / 10, most / 2, most);
  }

  private static void load(Server physical, int from, int to) {
    Api.parallel(
        to - from,
        number ->
            physical
                .api()
                .post(Workload.POD.collection(), Workload.object(Workload.POD, from + number, 0)));
  }

  private static double bytesPerPair(
      Options options, Server physical, Workload workload, String contender, int size)
      throws Exception {
    double empty = heap(options, null, workload, contender, 0);
    return (heap(options, physical, workload, contender, size) - empty) / size;
  }

  /** The heap of a fresh process in sync; with no physical server given, of an empty pair. */
  private static double heap(
      Options options, Server physical, Workload workload, String contender, int size)
      throws Exception {
    if (physical == null) {
      try (Server empty = Server.start(options, workload)) {
        return heap(options, empty, workload, contender, size);
      }
    }
    try (Server workspace = Server.start(options, workload);
        Runner runner = Runner.start(contender, LARGE)) {
      runner.begin(physical, workspace, workload);
      Waiting.until(LIMIT, "all is there", () -> workspace.holds(workload, size));
      Waiting.passes(options.time(Duration.ofSeconds(3))); // what the last events left in queues
      double bytes = runner.usage().path("heapBytes").asDouble();
      runner.end();
      return bytes;
    }
  }

  /** The smallest heap with which the engine gets in sync and follows changes. */
  private static void smallest(
      Options options, Server physical, Workload workload, int size, Report report)
      throws Exception {
    for (int megabytes : HEAPS) {
      if (staysInSync(options, physical, workload, size, megabytes)) {
        report.note(
            "%,d pairs come in sync and follow 500 changes at -Xmx%dm, the smallest of %s that does."
                .formatted(size, megabytes, HEAPS));
        return;
      }
    }
    report.note("%,d pairs do not come in sync at -Xmx512m.".formatted(size));
  }

  private static boolean staysInSync(
      Options options, Server physical, Workload workload, int size, int megabytes)
      throws Exception {
    try (Server workspace = Server.start(options, workload);
        Runner runner = Runner.start(CONTENDERS.get(0), megabytes)) {
      runner.begin(physical, workspace, workload);
      Waiting.until(LIMIT, "all is there", () -> workspace.holds(workload, size));
      new Changes(Workload.POD, physical, workspace, size).make(size * megabytes, 500, 100);
      runner.usage();
      runner.end();
      return true;
    } catch (IllegalStateException | IOException e) {
      System.err.println(megabytes + " MB were too little: " + e.getMessage());
      return false;
    }
  }
}
