package io.kcp.upstream.status;

import java.time.Duration;

/**
 * Whose Events are written, and how often.
 *
 * @param syncTarget what an Event is about where there is no copy
 * @param identity of this process: the Events' reportingInstance
 */
public record EventSettings(Subject syncTarget, String identity, Pace pace) {
  /**
   * How often at most.
   *
   * @param quiet the shortest time between two writes of one object and reason
   * @param settle what is said waits so long: more of the same may come, and a new copy be seen
   * @param patience a failure that lasts no longer than this is not told
   * @param waiting so many Events wait at most; then the oldest are dropped
   * @param perSecond writes in the long run
   * @param burst writes at once after a pause
   */
  public record Pace(
      Duration quiet, Duration settle, Duration patience, int waiting, int perSecond, int burst) {
    /** 5 min, 1 s, 10 s; 1,000 wait, 5 a second, 25 at once. */
    public static Pace defaults() {
      return new Pace(
          Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofSeconds(10), 1_000, 5, 25);
    }
  }
}
