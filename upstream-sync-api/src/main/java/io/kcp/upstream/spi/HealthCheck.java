package io.kcp.upstream.spi;

import java.util.Optional;

public interface HealthCheck {
  String name();

  boolean handles(GroupResource resource);

  Optional<HealthVerdict> assess(ObjectTree object, HealthContext context);
}
