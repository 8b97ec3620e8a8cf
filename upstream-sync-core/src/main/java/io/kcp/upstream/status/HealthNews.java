package io.kcp.upstream.status;

import io.kcp.upstream.spi.Health;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Ledger;
import io.kcp.upstream.sync.Verdict;
import io.kcp.upstream.sync.WorkKey;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells when an object's health is lost, and when it is regained; each once. */
final class HealthNews {
  static final String LOST = "HealthLost";
  static final String REGAINED = "HealthRegained";

  private final Set<WorkKey> lost = ConcurrentHashMap.newKeySet();
  private volatile Ledger.Listener listener = (key, before, now) -> {};

  void tell(Ledger.Listener to) {
    listener = to;
  }

  /** An object does so now. */
  void changed(WorkKey key, Optional<HealthState> before, HealthState now) {
    boolean ill = now.health() == Health.DEGRADED || now.health() == Health.MISSING;
    if (ill && lost.add(key)) {
      String message = "%s: %s".formatted(CopyWords.word(now.health()), text(now));
      // What was so at the first look may have been told by an earlier process.
      Finding known = before.isPresent() ? Finding.SYNCED : null;
      listener.changed(key, known, new Finding(Verdict.SYNCED, LOST, message));
    } else if (now.health() == Health.HEALTHY && lost.remove(key)) {
      Finding well = new Finding(Verdict.SYNCED, REGAINED, "Healthy: " + text(now));
      listener.changed(key, Finding.SYNCED, well);
    }
  }

  private static String text(HealthState state) {
    return state.message().isEmpty() ? state.reason() : state.reason() + ", " + state.message();
  }

  void forget(WorkKey key) {
    lost.remove(key);
  }
}
