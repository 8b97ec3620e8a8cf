package io.kcp.upstream;

import java.time.Duration;

/**
 * How this process syncs; what it syncs is the SyncTarget's to say. Immutable; a bad value is
 * refused with {@link IllegalArgumentException}, which names the setting, the value and what would
 * be right.
 */
public record SyncerConfig(Retry retry, Timeouts timeouts, Reporting reporting, Fights fights) {

  /** The values given with each component. */
  public static SyncerConfig defaults() {
    return new SyncerConfig(
        new Retry(Duration.ofMillis(200), Duration.ofMinutes(5), 0.2),
        new Timeouts(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10)),
        new Reporting(
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5)),
        new Fights(3, Duration.ofMinutes(10)));
  }

  public SyncerConfig with(Retry other) {
    return new SyncerConfig(other, timeouts, reporting, fights);
  }

  public SyncerConfig with(Timeouts other) {
    return new SyncerConfig(retry, other, reporting, fights);
  }

  public SyncerConfig with(Reporting other) {
    return new SyncerConfig(retry, timeouts, other, fights);
  }

  public SyncerConfig with(Fights other) {
    return new SyncerConfig(retry, timeouts, reporting, other);
  }

  /**
   * Waits between attempts, for a key as for a list or watch.
   *
   * @param initial the first wait, then doubled; 200 ms
   * @param max the longest wait; 5 min
   * @param jitter the share of a wait that is drawn by chance, 0 to 1; 0.2
   */
  public record Retry(Duration initial, Duration max, double jitter) {
    public Retry {
      positive("retry.initial", initial);
      positive("retry.max", max);
      check(max.compareTo(initial) >= 0, "retry.max", max, "at least retry.initial, " + initial);
      check(jitter >= 0 && jitter <= 1, "retry.jitter", jitter, "from 0 to 1");
    }
  }

  /**
   * How long things may take.
   *
   * @param start the longest {@link UpstreamSyncer#start} may take to reach the workspace; 30 s
   * @param request the longest one request may take, watches left out; 30 s
   * @param plugin the longest a plug-in may take for one answer; 1 s
   * @param shutdown the longest {@link UpstreamSyncer#close} waits for work in flight; 10 s
   */
  public record Timeouts(Duration start, Duration request, Duration plugin, Duration shutdown) {
    public Timeouts {
      positive("timeouts.start", start);
      positive("timeouts.request", request);
      positive("timeouts.plugin", plugin);
      positive("timeouts.shutdown", shutdown);
    }
  }

  /**
   * When the SyncTarget's status is written, and both sides are asked what they serve.
   *
   * @param heartbeat how often the SyncTarget's status is written though nothing changed; 20 s
   * @param coalesce the shortest time between two writes of the SyncTarget's status; 1 s
   * @param unknownAfter after this silence of a cluster what is known of it counts as unknown; 60 s
   * @param discovery how often both sides are asked what they serve; 5 min
   */
  public record Reporting(
      Duration heartbeat, Duration coalesce, Duration unknownAfter, Duration discovery) {
    public Reporting {
      positive("reporting.heartbeat", heartbeat);
      positive("reporting.coalesce", coalesce);
      positive("reporting.unknownAfter", unknownAfter);
      positive("reporting.discovery", discovery);
    }
  }

  /**
   * When a field that is written back and forth counts as fought over.
   *
   * @param rewrites more than so many within the window; 3
   * @param window 10 min
   */
  public record Fights(int rewrites, Duration window) {
    public Fights {
      check(rewrites > 0, "fights.rewrites", rewrites, "above 0");
      positive("fights.window", window);
    }
  }

  /**
   * What one cluster is asked at most, by all syncers that share its {@link PhysicalCluster} or
   * {@link Workspace}.
   *
   * @param qps requests per second in the long run; 50
   * @param burst requests at once after a pause; 100
   * @param inFlight requests under way at one time, watches left out; 16
   * @param pageSize objects per page of a list; 500
   */
  public record Limits(double qps, int burst, int inFlight, int pageSize) {
    public Limits {
      check(qps > 0 && qps <= 1e6, "limits.qps", qps, "above 0, at most 1,000,000");
      check(burst > 0, "limits.burst", burst, "above 0");
      check(inFlight > 0, "limits.inFlight", inFlight, "above 0");
      check(pageSize > 0, "limits.pageSize", pageSize, "above 0");
    }

    static Limits defaults() {
      return new Limits(50, 100, 16, 500);
    }
  }

  private static void positive(String setting, Duration value) {
    check(!value.isNegative() && !value.isZero(), setting, value, "above zero");
  }

  private static void check(boolean right, String setting, Object value, String wanted) {
    if (!right) {
      throw new IllegalArgumentException(setting + " is " + value + "; it must be " + wanted);
    }
  }
}
