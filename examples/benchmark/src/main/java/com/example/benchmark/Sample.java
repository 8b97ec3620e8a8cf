package com.example.benchmark;

import java.util.ArrayList;
import java.util.List;

/** The figures of some rounds: their median, and how far they lie apart. */
final class Sample {
  private final List<Double> figures = new ArrayList<>();

  void add(double figure) {
    figures.add(figure);
  }

  double median() {
    return quantile(0.5);
  }

  double quantile(double share) {
    if (figures.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = figures.stream().sorted().toList();
    double at = share * (sorted.size() - 1);
    int below = (int) at;
    double rest = at - below;
    return rest == 0
        ? sorted.get(below)
        : sorted.get(below) * (1 - rest) + sorted.get(below + 1) * rest;
  }

  /** The lowest and the highest figure. */
  String spread() {
    return figures.isEmpty()
        ? "–"
        : Report.shortened(quantile(0)) + " … " + Report.shortened(quantile(1));
  }
}
