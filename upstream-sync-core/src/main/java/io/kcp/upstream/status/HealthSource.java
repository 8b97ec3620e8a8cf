package io.kcp.upstream.status;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.HealthVerdict;
import io.kcp.upstream.spi.ObjectTree;
import java.util.Optional;

/** Judges physical objects; called on workers. */
@FunctionalInterface
public interface HealthSource {
  /** No object has a verdict. */
  HealthSource NONE = (resource, object, context) -> Optional.empty();

  /** Empty where nothing tells how the object does. */
  Optional<HealthVerdict> assess(GroupResource resource, ObjectTree object, HealthContext context);
}
