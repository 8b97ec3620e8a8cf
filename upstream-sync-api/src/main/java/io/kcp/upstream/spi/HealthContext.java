package io.kcp.upstream.spi;

import java.time.Instant;
import java.util.Optional;

public interface HealthContext {
  Instant now();

  Optional<PodRollup> pods();
}
