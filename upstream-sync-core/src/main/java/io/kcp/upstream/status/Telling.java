package io.kcp.upstream.status;

import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Verdict;
import io.kcp.upstream.sync.WorkKey;
import java.time.Instant;
import java.util.Set;

/**
 * Something that is to be told by an Event.
 *
 * @param first nothing was known of the object before in this process: it may have been told
 * @param count how often it came to be
 * @param begin when it first did
 * @param last when it last did
 * @param due when it may be written
 */
record Telling(
    Id id, Finding finding, boolean first, int count, Instant begin, Instant last, Instant due) {
  private static final Set<String> GOOD = Set.of("Restored", HealthNews.REGAINED);

  /** One object and reason: one Event. */
  record Id(WorkKey key, String reason) {}

  static boolean isWorthIt(Finding finding) {
    return switch (finding.verdict()) {
      case FAILED, CONFLICTING, SKIPPED, HELD -> true;
      case SYNCED -> !finding.reason().equals(Finding.SYNCED.reason());
      case PENDING, PAUSED, NOT_SELECTED, NOT_FOUND -> false;
    };
  }

  /** Normal for what was put right. */
  String type() {
    return finding.verdict() == Verdict.SYNCED && GOOD.contains(finding.reason())
        ? "Normal"
        : "Warning";
  }

  Telling dueAt(Instant at) {
    return new Telling(id, finding, first, count, begin, last, at);
  }

  /** Both as one; {@code later} came after this. */
  Telling and(Telling later) {
    return new Telling(
        id, later.finding, first && later.first, count + later.count, begin, later.last, due);
  }

  Telling lessOne() {
    return new Telling(id, finding, first, count - 1, begin, last, due);
  }
}
