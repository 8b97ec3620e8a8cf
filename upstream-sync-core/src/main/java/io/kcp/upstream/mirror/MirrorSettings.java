package io.kcp.upstream.mirror;

import io.kcp.upstream.wire.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * How mirrors work, the same for all of a syncer's.
 *
 * @param threads makes each mirror's one thread
 * @param clock tells {@link Mirror#lastContact}; waits do not go by it
 * @param backoff waits after failures; a resource that is forbidden or not served is asked for 25
 *     times more slowly
 * @param watch how long one watch is asked to last, at least 1 s: up to twice that, drawn by chance
 * @param grace how much longer a watch may last before it counts as dead
 * @param kept bounds what is kept of objects' content
 */
public record MirrorSettings(
    ThreadFactory threads,
    Clock clock,
    Backoff backoff,
    Duration watch,
    Duration grace,
    KeptBytes kept) {

  /** Watches of 5 to 10 minutes, dead 30 s later; all content is kept. */
  public static MirrorSettings of(ThreadFactory threads, Clock clock, Backoff backoff) {
    return new MirrorSettings(
        threads,
        clock,
        backoff,
        Duration.ofMinutes(5),
        Duration.ofSeconds(30),
        KeptBytes.unbounded());
  }

  public MirrorSettings with(KeptBytes other) {
    return new MirrorSettings(threads, clock, backoff, watch, grace, other);
  }
}
