package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.Side;
import java.util.Map;
import java.util.Optional;

/** What a physical cluster's namespaces say of what is in them. */
@FunctionalInterface
public interface NamespaceLabels {
  /** Empty while the namespace is not known; a namespace without labels has an empty map. */
  Optional<Map<String, String>> labelsOf(String namespace);

  /** Whether an annotation on the namespace of that side says that all in it stays as it is. */
  default boolean isFrozen(Side side, String namespace) {
    return false;
  }
}
