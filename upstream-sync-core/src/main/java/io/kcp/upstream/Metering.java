package io.kcp.upstream;

import io.kcp.upstream.spi.ConflictListener;
import io.kcp.upstream.status.EventWriter;
import io.kcp.upstream.status.StatusWriter;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.KeyQueue;
import io.kcp.upstream.sync.Ledger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One syncer's side of the runtime's meters. */
final class Metering {
  private final SyncMeters meters;
  private final SyncMeters.Gauges gauges;
  private SyncMeters.@Nullable Measured measured;

  Metering(Setup setup) {
    this.meters = setup.runtime().meters();
    this.gauges = meters.of(new SyncMeters.Whose(setup.syncTarget(), setup.workspaceName()));
  }

  /** The listeners, and the meters where there are any. */
  List<ConflictListener> with(List<ConflictListener> listeners) {
    if (meters == SyncMeters.NONE) {
      return listeners;
    }
    List<ConflictListener> all = new ArrayList<>(listeners);
    all.add(record -> gauges.conflict(record.outcome()));
    return all;
  }

  /** What is to be read once the syncer works. */
  void of(Ledger ledger, KeyQueue queue, EventWriter events, StatusWriter status) {
    measured =
        new SyncMeters.Measured(
            ledger::counts, queue::length, events::written, events::dropped, status::writes);
  }

  void start() {
    if (measured != null) {
      gauges.watch(measured);
    }
  }

  void outcome(Finding finding) {
    gauges.outcome(finding);
  }

  void stop() {
    gauges.close();
  }
}
