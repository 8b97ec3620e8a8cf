package io.kcp.upstream.status;

import io.kcp.upstream.status.health.Assessment;
import io.kcp.upstream.status.health.Reported;
import java.time.Instant;
import java.util.List;

/**
 * What was last said of one object.
 *
 * @param mark tells one generation from the next; of a generation no more is kept
 * @param told what was said, without what changes nothing of it
 * @param since when its condition last changed its status
 */
record Standing(int mark, Assessment told, Instant since) {
  private static final int MARK = 0xfffff;

  static Standing of(long generation, Assessment told, Instant since) {
    return new Standing((int) generation & MARK, plain(told), since);
  }

  private static Assessment plain(Assessment told) {
    return new Assessment(
        told.health(),
        told.terminating(),
        told.finished(),
        told.assessed(),
        told.reason(),
        told.message(),
        told.rule(),
        null,
        null,
        List.of());
  }

  HealthState state() {
    return new HealthState(told.health(), told.reason(), told.message(), since);
  }

  /** As it is to be weighed against what is found of a generation. */
  Reported reported(long generation) {
    return new Reported(((int) generation & MARK) == mark ? generation : ~generation, told);
  }
}
