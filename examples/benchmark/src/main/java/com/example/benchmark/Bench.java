package com.example.benchmark;

/** One benchmark: runs its contenders in turn on the same servers. */
interface Bench {
  String name();

  /** What it measures, in a line. */
  String title();

  Report run(Options options) throws Exception;
}
