package com.example.benchmark;

import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The steps of one pass by themselves. */
final class Micro implements Bench {
  @Override
  public String name() {
    return "micro";
  }

  @Override
  public String title() {
    return "One object through one step of a pass, in one thread.";
  }

  @Override
  public Report run(Options options) throws Exception {
    var settings =
        new OptionsBuilder()
            .include(MicroSteps.class.getName())
            .forks(options.isTrial() ? 0 : 1) // none for a run that only shows that it works
            .warmupIterations(
                options.isTrial() ? 0 : 12) // three-way merges get quicker for that long
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(options.isTrial() ? 1 : options.rounds())
            .measurementTime(options.isTrial() ? TimeValue.milliseconds(20) : TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .resultFormat(ResultFormatType.JSON)
            .result(options.out().resolve("micro-jmh.json").toString())
            .build();
    Collection<RunResult> results = new org.openjdk.jmh.runner.Runner(settings).run();
    double parse = Double.NaN;
    for (RunResult result : results) {
      parse = step(result).equals("jacksonParse") ? result.getPrimaryResult().getScore() : parse;
    }
    Report report =
        new Report(this, "step", "ns per object", "bytes per object", "ratio to a parse");
    for (RunResult result : results) {
      double time = result.getPrimaryResult().getScore();
      report.row(step(result), time, bytes(result), time / parse);
    }
    return report.note("A Deployment of 4 KB with its managedFields; parse: Jackson, same bytes.");
  }

  private static String step(RunResult result) {
    String name = result.getParams().getBenchmark();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static double bytes(RunResult result) {
    var allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    return allocated == null ? Double.NaN : allocated.getScore();
  }
}
