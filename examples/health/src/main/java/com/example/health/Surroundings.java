package com.example.health;

import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.PodRollup;
import java.time.Instant;
import java.util.Optional;

/** What is known beside the object itself. */
record Surroundings(Instant now, Optional<PodRollup> pods) implements HealthContext {}
