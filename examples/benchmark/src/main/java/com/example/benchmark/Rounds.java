package com.example.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Contenders in turn: one round that warms up, then those that count. */
final class Rounds {
  /** One contender's figure of one round. */
  interface Round {
    double run(Runner runner) throws Exception;
  }

  private Rounds() {}

  /** The figures of each contender; its process lives through all rounds. */
  static Map<String, Sample> of(Options options, List<String> contenders, Round round)
      throws Exception {
    Map<String, Sample> samples = new LinkedHashMap<>();
    Map<String, Runner> runners = new LinkedHashMap<>();
    try {
      for (String contender : contenders) {
        samples.put(contender, new Sample());
        runners.put(contender, Runner.start(contender));
      }
      for (int i = 0; i <= options.rounds(); i++) {
        for (Runner runner : runners.values()) {
          double figure = round.run(runner);
          if (i > 0) {
            samples.get(runner.name()).add(figure);
          }
        }
      }
    } finally {
      for (Runner runner : runners.values()) {
        runner.close();
      }
    }
    return samples;
  }
}
