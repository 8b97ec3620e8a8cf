package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.ConflictRecord.Outcome;
import io.kcp.upstream.spi.Decision;
import io.kcp.upstream.spi.Decision.KeepUpstream;
import io.kcp.upstream.spi.Decision.TakePhysical;
import io.kcp.upstream.spi.Decision.Unresolved;
import io.kcp.upstream.spi.Decision.UseValue;
import java.time.Instant;
import java.util.Optional;

/**
 * What was decided on one field.
 *
 * @param by who was asked last
 * @param heldUntil where the field is fought over
 */
record Ruling(Asked question, Decision decision, Chooser.Chosen by, Optional<Instant> heldUntil) {
  Ruling held(Instant until) {
    return new Ruling(question, Decision.unresolved("FightHeld"), by, Optional.of(until));
  }

  Outcome outcome() {
    if (decision instanceof TakePhysical) {
      return Outcome.TOOK_PHYSICAL;
    }
    if (decision instanceof KeepUpstream) {
      return Outcome.KEPT_UPSTREAM;
    }
    if (decision instanceof UseValue) {
      return Outcome.USED_VALUE;
    }
    return heldUntil.isPresent() ? Outcome.HELD : Outcome.UNRESOLVED;
  }

  /** "" where the outcome says it all. */
  String reason() {
    return decision instanceof Unresolved unresolved ? unresolved.reason() : "";
  }

  boolean isOpen() {
    return decision instanceof Unresolved;
  }

  /** Whether it writes over a value of somebody else. */
  boolean overwrites() {
    return !isOpen() && !(decision instanceof KeepUpstream);
  }
}
