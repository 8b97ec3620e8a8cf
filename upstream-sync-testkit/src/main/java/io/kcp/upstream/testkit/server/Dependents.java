package io.kcp.upstream.testkit.server;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who names whom as owner. Written by one thread at a time, read by any. */
final class Dependents {
  private final Map<String, Set<Place>> byOwner = new ConcurrentHashMap<>();

  void add(Place dependent, List<OwnerReference> owners) {
    owners.forEach(
        owner ->
            byOwner
                .computeIfAbsent(owner.uid(), uid -> ConcurrentHashMap.newKeySet())
                .add(dependent));
  }

  void remove(Place dependent, List<OwnerReference> owners) {
    for (OwnerReference owner : owners) {
      byOwner.computeIfPresent(
          owner.uid(),
          (uid, dependents) -> {
            dependents.remove(dependent);
            return dependents.isEmpty() ? null : dependents;
          });
    }
  }

  /** Those in one logical cluster that name the object of this UID. */
  List<Place> of(String cluster, String uid) {
    return byOwner.getOrDefault(uid, Set.of()).stream()
        .filter(dependent -> dependent.key().cluster().equals(cluster))
        .toList();
  }
}
