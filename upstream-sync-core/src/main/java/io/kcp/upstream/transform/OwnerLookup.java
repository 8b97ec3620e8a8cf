package io.kcp.upstream.transform;

import java.util.Optional;

/** Knows under which UID an owner is upstream. */
@FunctionalInterface
public interface OwnerLookup {
  /** No owner is upstream. */
  OwnerLookup NONE = physicalUid -> Optional.empty();

  /** Empty while no copy of the object with this UID is upstream. */
  Optional<String> upstreamUid(String physicalUid);
}
