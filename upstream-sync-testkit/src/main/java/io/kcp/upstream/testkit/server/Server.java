package io.kcp.upstream.testkit.server;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the parts of one server share.
 *
 * @param kcp whether it serves as kcp does
 * @param workers for what must not run on a caller's thread: streams, controllers
 * @param timer for what comes later; hands long work to the workers
 */
record Server(
    boolean kcp, Store store, Clock clock, Executor workers, ScheduledExecutorService timer) {
  /** The time as objects show it, such as {@code 2026-01-31T10:00:00Z}. */
  String now() {
    return instant().toString();
  }

  Instant instant() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
