package io.kcp.upstream;

import io.kcp.upstream.spi.ConflictListener;
import io.kcp.upstream.sync.Outcome;
import io.kcp.upstream.sync.Verdict;
import io.kcp.upstream.sync.WorkKey;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One syncer's side of the runtime's meters. */
final class Metering {
  /** Whether the pass under way on this thread sent a write. */
  private static final ThreadLocal<Boolean> WROTE = ThreadLocal.withInitial(() -> false);

  private final boolean measures;
  private final SyncMeters.Gauges gauges;
  private final Lag lag = new Lag();
  private final ClusterEndpoint physical;
  private final ClusterEndpoint workspace;
  private final Traffic below;
  private final Traffic above;
  private SyncMeters.@Nullable Measured measured;

  Metering(Setup setup) {
    SyncMeters meters = setup.runtime().meters();
    this.measures = meters != SyncMeters.NONE;
    this.gauges = meters.of(new SyncMeters.Whose(setup.syncTarget(), setup.workspaceName()));
    this.physical = setup.physical();
    this.workspace = setup.workspace();
    this.below = new Counted("physical");
    this.above = new Counted("workspace");
  }

  private final class Counted implements Traffic {
    private final String cluster;

    Counted(String cluster) {
      this.cluster = cluster;
    }

    @Override
    public void answered(ApiRequest request, int code, Duration throttled, Duration took) {
      if (!request.method().equals("GET")) {
        WROTE.set(true);
      }
      gauges.request(new SyncMeters.Request(cluster, verb(request), result(code)), throttled, took);
    }

    @Override
    public void watching() {
      gauges.watching(cluster);
    }
  }

  private static String verb(ApiRequest request) {
    boolean apply = ApiRequest.APPLY.equals(request.contentType());
    return switch (request.method()) {
      case "GET" -> "read";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> apply ? "apply" : "patch";
      case "DELETE" -> "delete";
      default -> "other";
    };
  }

  private static String result(int code) {
    return switch (code) {
      case 0 -> "no_answer";
      case 409 -> "conflict";
      case 429 -> "too_many";
      default -> code < 400 ? "ok" : code < 500 ? "refused" : "failed";
    };
  }

  /** The listeners, and the meters where there are any. */
  List<ConflictListener> with(List<ConflictListener> listeners) {
    if (!measures) {
      return listeners;
    }
    List<ConflictListener> all = new ArrayList<>(listeners);
    all.add(gauges::conflict);
    return all;
  }

  /** What is to be read once the syncer works. */
  void of(SyncMeters.Measured syncer) {
    measured = syncer;
  }

  void start() {
    if (measured != null && measures) {
      gauges.watch(measured);
      physical.observe(below);
      workspace.observe(above);
    }
  }

  /** A change of a physical object is to be worked on. */
  void arrived(WorkKey key) {
    if (measures) {
      lag.arrived(key);
    }
  }

  Lag lag() {
    return lag;
  }

  /** A pass begins on this thread. */
  void begin() {
    WROTE.set(false);
  }

  /** It came to this. */
  void outcome(WorkKey key, Outcome outcome) {
    gauges.outcome(outcome.finding());
    if (!(outcome instanceof Outcome.Settled)) {
      return;
    }
    if (WROTE.get()) {
      lag.done(key).ifPresent(gauges::lag);
    } else {
      lag.done(key);
      if (outcome.finding().verdict() == Verdict.SYNCED) {
        gauges.avoided();
      }
    }
  }

  void stop() {
    physical.ignore(below);
    workspace.ignore(above);
    gauges.close();
  }
}
