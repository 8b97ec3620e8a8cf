package io.kcp.upstream.sync;

import io.kcp.upstream.conflict.Resolution;
import io.kcp.upstream.spi.FieldSet;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How a copy stands after it was brought as far as it may be.
 *
 * @param watched fields left to others, for now or for good
 * @param again when it has to be looked at though nothing changes
 */
record Standing(FieldSet watched, Finding finding, Optional<Duration> again) {
  static final Standing PLAIN = new Standing(FieldSet.of(), Finding.SYNCED, Optional.empty());

  static Standing of(Resolution resolution, Clock clock) {
    return new Standing(
        Decisions.watched(resolution),
        Decisions.finding(resolution),
        resolution.lookAgain().map(at -> Duration.between(clock.instant(), at)));
  }

  /** Others own these fields of the status, and they keep them. */
  Standing with(FieldSet statusFields) {
    if (statusFields.isEmpty()) {
      return this;
    }
    boolean first = finding.verdict() == Verdict.SYNCED;
    return new Standing(
        watched.union(statusFields), first ? Finding.statusKept(statusFields) : finding, again);
  }

  Outcome outcome() {
    return again.isPresent()
        ? Outcome.retryAfter(finding, again.get().isNegative() ? Duration.ZERO : again.get())
        : Outcome.settled(finding);
  }
}
