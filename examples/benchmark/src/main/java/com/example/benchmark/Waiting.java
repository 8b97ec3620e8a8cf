package com.example.benchmark;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process does. */
final class Waiting {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private Waiting() {}

  /**
   * Asks again and again.
   *
   * @throws IllegalStateException when it did not come about within the limit
   */
  static void until(Duration limit, String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "it did not come about within %d s that %s".formatted(limit.toSeconds(), what));
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  /** Lets so much time pass: a benchmark's own duration. */
  static void passes(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
