package io.kcp.upstream;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.status.EventSettings;
import io.kcp.upstream.status.EventWriter;
import io.kcp.upstream.status.Subject;
import io.kcp.upstream.status.Subjects;
import io.kcp.upstream.sync.Ledger;
import java.time.Duration;

/** Has Events written of what a syncer comes upon, on the shared workers. */
final class Announcer {
  private static final Duration PERIOD = Duration.ofMillis(500);

  private final EventWriter events;
  private final WriteTicker ticker;

  Announcer(Setup setup, Opened opened, Subjects copies) {
    this.events =
        new EventWriter(
            setup.workspace(),
            new EventSettings(
                syncTarget(opened.target()), setup.identity(), EventSettings.Pace.defaults()),
            copies,
            setup.clock());
    this.ticker = new WriteTicker(setup, "its Events", PERIOD, writes(events));
  }

  private static WriteTicker.Writes writes(EventWriter events) {
    return new WriteTicker.Writes() {
      @Override
      public void due() throws InterruptedException {
        events.writeDue();
      }

      @Override
      public void last() throws InterruptedException {
        events.writeLast();
      }
    };
  }

  private static Subject syncTarget(ObjectTree target) {
    return new Subject(
        "workload.kcp.io/v1alpha1",
        "SyncTarget",
        "",
        target.name(),
        target.string("metadata.uid").orElse(""));
  }

  EventWriter events() {
    return events;
  }

  void start(Ledger ledger) {
    ledger.addListener(events);
    ticker.start();
  }

  /** Tells what waits, as far as a few seconds allow. */
  void stopWithLastWrite() throws InterruptedException {
    ticker.stopWithLastWrite();
    events.stop();
  }

  /** Says no more. */
  void stop() {
    events.stop();
    ticker.stop();
  }
}
