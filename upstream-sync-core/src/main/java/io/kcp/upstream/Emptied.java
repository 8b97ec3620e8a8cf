package io.kcp.upstream;

import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.spi.GroupResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * For how long there has been no copy of a type. A write that a syncer before us sent late may
 * still arrive, so none at this moment is not the end. Used by one thread at a time.
 */
final class Emptied {
  /** Longer than any request, and any Lease. */
  static final Duration GRACE = Duration.ofMinutes(5);

  private final Map<GroupResource, Instant> since = new HashMap<>();

  /** The types whose copies have all been gone for long, as their mirrors show it. */
  Set<GroupResource> of(Collection<TypeMirrors.Pair> pairs, Instant now) {
    Set<GroupResource> empty = new HashSet<>();
    Set<GroupResource> forLong = new HashSet<>();
    for (TypeMirrors.Pair pair : pairs) {
      Mirror upstream = pair.upstream();
      GroupResource resource = pair.type().resource();
      if (upstream.state() == Mirror.State.SYNCED && upstream.size() == 0) {
        empty.add(resource);
        Instant first = since.computeIfAbsent(resource, r -> now);
        if (!first.plus(GRACE).isAfter(now)) {
          forLong.add(resource);
        }
      }
    }
    since.keySet().retainAll(empty);
    return forLong;
  }
}
