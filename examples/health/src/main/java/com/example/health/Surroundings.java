package com.example.health;

import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.PodRollup;
import java.time.Instant;
import java.util.Optional;

/** Nothing is known beside the object itself. */
record Surroundings(Instant now) implements HealthContext {
  @Override
  public Optional<PodRollup> pods() {
    return Optional.empty();
  }
}
