package com.example.benchmark;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How large and how often.
 *
 * @param objects objects per type of workload; 0 means each benchmark's own number
 * @param real whether the servers are real ones
 * @param rounds measured rounds of each contender, after one that warms up
 * @param out folder of the results
 */
record Options(int objects, boolean real, int rounds, Path out) {
  private static final int TRIAL = 50;

  /** The number given by the user, else a benchmark's own. */
  int objectsOr(int own) {
    return objects > 0 ? objects : own;
  }

  /** The same, with one round that counts. */
  Options once() {
    return new Options(objects, real, 1, out);
  }

  /** Whether so few objects are asked for that the run only shows that the benchmark works. */
  boolean isTrial() {
    return objects > 0 && objects <= TRIAL;
  }

  /** A time to measure over or to let pass; nearly none in a trial. */
  Duration time(Duration whole) {
    return isTrial() ? whole.dividedBy(10) : whole;
  }
}
