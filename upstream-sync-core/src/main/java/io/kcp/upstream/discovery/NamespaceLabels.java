package io.kcp.upstream.discovery;

import java.util.Map;
import java.util.Optional;

/** The labels of the physical cluster's namespaces. */
@FunctionalInterface
public interface NamespaceLabels {
  /** Empty while the namespace is not known; a namespace without labels has an empty map. */
  Optional<Map<String, String>> labelsOf(String namespace);
}
