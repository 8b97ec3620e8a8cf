package io.kcp.upstream.spi;

import java.time.Instant;
import java.util.Optional;

/** What a {@link HealthCheck} may look at beside the object. */
public interface HealthContext {
  /**
   * Gives the time; a verdict that depends on it must say when to look again.
   *
   * @return the time of this judgement
   */
  Instant now();

  /**
   * Gives what is known of the pods that belong to the object.
   *
   * @return the sums; empty when the type has no pods, or they are not watched
   */
  Optional<PodRollup> pods();
}
