package io.kcp.upstream.sync;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which copy stands upstream for a physical owner, and whose owner references depend on it. When an
 * owner's copy comes, goes or is another one, its dependents are named again. Thread-safe; guarded
 * by itself.
 */
public final class UidMap {
  private final UidTable upstream = new UidTable();
  private final Map<String, Set<WorkKey>> dependents = new HashMap<>();
  private final Consumer<WorkKey> again;

  /** {@code again} is told of each dependent to look at again; not called under a lock. */
  public UidMap(Consumer<WorkKey> again) {
    this.again = again;
  }

  /** The upstream UID of an owner; notes that {@code dependent} has to know when it changes. */
  synchronized Optional<String> find(String physicalUid, WorkKey dependent) {
    dependents.computeIfAbsent(physicalUid, uid -> new HashSet<>()).add(dependent);
    return upstream.get(physicalUid);
  }

  void put(String physicalUid, String upstreamUid) {
    Set<WorkKey> affected;
    synchronized (this) {
      boolean same = upstream.get(physicalUid).filter(upstreamUid::equals).isPresent();
      upstream.put(physicalUid, upstreamUid);
      affected = same ? Set.of() : affected(physicalUid);
    }
    affected.forEach(again);
  }

  /** The copy is gone. */
  void remove(String physicalUid) {
    Set<WorkKey> affected;
    synchronized (this) {
      affected = upstream.get(physicalUid).isEmpty() ? Set.of() : affected(physicalUid);
      upstream.remove(physicalUid);
    }
    affected.forEach(again);
  }

  private Set<WorkKey> affected(String physicalUid) {
    return Set.copyOf(dependents.getOrDefault(physicalUid, Set.of()));
  }

  /** A key that is on neither side any more depends on nothing. */
  synchronized void forget(WorkKey dependent) {
    dependents.values().forEach(keys -> keys.remove(dependent));
    dependents.values().removeIf(Set::isEmpty);
  }
}
