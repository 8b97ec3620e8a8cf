package com.example.benchmark;

import com.example.benchmark.contender.Api;
import java.util.function.IntConsumer;

/** How many requests of each kind one server answers in a second, round by round. */
final class Rates {
  private static final int LISTS = 5;

  private final int count;
  private final Sample creates = new Sample();
  private final Sample firstApplies = new Sample();
  private final Sample applies = new Sample();
  private final Sample gets = new Sample();
  private final Sample lists = new Sample();

  Rates(int count) {
    this.count = count;
  }

  /** One round of everything, its objects named after it. */
  void round(Api api, int round, boolean counts) {
    measure(creates, counts, number -> Load.create(api, round, number));
    measure(firstApplies, counts, number -> Load.apply(api, round, number, 0));
    measure(applies, counts, number -> Load.apply(api, round, number, 1));
    measure(gets, counts, number -> Load.get(api, round, number));
    long before = System.nanoTime();
    for (int i = 0; i < LISTS; i++) {
      String page = api.text(Load.COLLECTION + "?limit=" + count);
      if (page.length() < count) {
        throw new IllegalStateException("a list too short for %d objects".formatted(count));
      }
    }
    add(lists, counts, LISTS * count / ((System.nanoTime() - before) / 1e9));
  }

  private void measure(Sample sample, boolean counts, IntConsumer request) {
    long before = System.nanoTime();
    Api.parallel(count, request);
    add(sample, counts, count / ((System.nanoTime() - before) / 1e9));
  }

  private static void add(Sample sample, boolean counts, double figure) {
    if (counts) {
      sample.add(figure);
    }
  }

  Sample creates() {
    return creates;
  }

  Sample firstApplies() {
    return firstApplies;
  }

  Sample applies() {
    return applies;
  }

  Sample gets() {
    return gets;
  }

  Sample lists() {
    return lists;
  }
}
