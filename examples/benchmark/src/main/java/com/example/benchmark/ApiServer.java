package com.example.benchmark;

import com.example.benchmark.contender.Api;
import com.example.benchmark.contender.Kind;
import io.kcp.upstream.testkit.RealApiServer;
import io.kcp.upstream.testkit.TestCluster;
import java.time.Duration;

/** The in-memory server beside the real one, in the same run, each in processes of its own. */
final class ApiServer implements Bench {
  private static final String NOT = "not measured";
  private static final int WRITES = 3_000;
  private static final int WARM_UPS = 4;
  private static final int OBJECTS = 100_000;
  private static final int WATCHES = 1_000;
  private static final int HEAP_MEGABYTES = 1_024;

  @Override
  public String name() {
    return "api-server";
  }

  @Override
  public String title() {
    return "The testkit's in-memory API server: how fast it starts, answers and fills up.";
  }

  @Override
  public Report run(Options options) throws Exception {
    Report report = new Report(this, "measure", "in memory", "spread", "real", "spread", "ratio");
    try (MemoryHost host = MemoryHost.start(HEAP_MEGABYTES)) {
      starts(options, host, report);
    }
    writes(options, report);
    fills(options, report);
    return report.note(
        "Ratio: how many times faster in memory. Writes go over 16 connections, objects of 4 KB;"
            + " the real server is kube-apiserver with etcd, over TLS.");
  }

  private static void starts(Options options, MemoryHost host, Report report) throws Exception {
    Sample memory = new Sample();
    Sample real = new Sample();
    host.startMillis(); // loads the classes
    for (int i = 0; i < options.rounds(); i++) {
      memory.add(host.startMillis());
      if (options.real()) {
        real.add(realStartMillis());
      }
    }
    row(report, "start, classes loaded, ms", memory, real, real.median() / memory.median());
  }

  private static double realStartMillis() {
    long before = System.nanoTime();
    TestCluster server = RealApiServer.start();
    double millis = (System.nanoTime() - before) / 1e6;
    server.close();
    return millis;
  }

  /** Both servers in turn, after rounds that warm up: one is compiled as it runs. */
  private static void writes(Options options, Report report) throws Exception {
    int count = options.objectsOr(WRITES);
    Workload workload = Workload.configMaps();
    Rates memory = new Rates(count);
    Rates real = new Rates(count);
    try (MemoryHost host = MemoryHost.start(HEAP_MEGABYTES);
        Server other = options.real() ? Server.start(options, workload) : null) {
      Api inMemory = Api.of(host.open());
      Load.namespace(inMemory);
      int warm = options.isTrial() ? 0 : WARM_UPS;
      for (int round = 0; round < warm + options.rounds(); round++) {
        memory.round(inMemory, round, round >= warm);
        if (other != null) {
          real.round(other.api(), round, round >= warm);
        }
      }
    }
    row(report, "create, objects/s", memory.creates(), real.creates());
    row(report, "apply, new objects/s", memory.firstApplies(), real.firstApplies());
    row(report, "apply, changes/s", memory.applies(), real.applies());
    row(report, "get, objects/s", memory.gets(), real.gets());
    row(report, "list, objects/s", memory.lists(), real.lists());
  }

  private static void fills(Options options, Report report) throws Exception {
    int count = options.objectsOr(OBJECTS);
    int watches = options.isTrial() ? count : WATCHES;
    try (MemoryHost host = MemoryHost.start(HEAP_MEGABYTES)) {
      Api api = Api.of(host.open());
      Load.namespace(api);
      Kind configMaps = Workload.configMaps().kinds().get(0);
      long before = System.nanoTime();
      Api.parallel(count, number -> Load.create(api, 0, number));
      double rate = count / ((System.nanoTime() - before) / 1e9);
      Waiting.until(Duration.ofSeconds(10), "all are stored", () -> api.count(configMaps) >= count);
      one(report, "heap with %,d objects of 4 KB, MB".formatted(count), host.heapMegabytes());
      one(report, "create until there are so many, objects/s", rate);
      Sample first = new Sample();
      try (Watches open = Watches.open(api, Load.COLLECTION, watches)) {
        for (int i = 0; i < options.rounds(); i++) {
          first.add(open.millisToReachAll(api, i));
        }
        one(report, "heap with %,d watches too, MB".formatted(watches), host.heapMegabytes());
      }
      row(
          report,
          "a change reaches all of %,d watches, ms".formatted(watches),
          first,
          new Sample(),
          Double.NaN);
    }
  }

  private static void one(Report report, String measure, double figure) {
    report.row(measure, figure, "once", NOT, NOT, NOT);
  }

  private static void row(Report report, String measure, Sample memory, Sample real) {
    row(report, measure, memory, real, memory.median() / real.median());
  }

  private static void row(Report report, String measure, Sample memory, Sample real, double ratio) {
    boolean both = !Double.isNaN(real.median());
    report.row(
        measure,
        memory.median(),
        memory.spread(),
        both ? Report.shortened(real.median()) : NOT,
        both ? real.spread() : NOT,
        both ? Report.shortened(ratio) : NOT);
  }
}
