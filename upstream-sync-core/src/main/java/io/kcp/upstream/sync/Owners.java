package io.kcp.upstream.sync;

import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.transform.OwnerLookup;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the copies of owners; the mirrors tell them before any pass did. */
final class Owners {
  private final Mirrors mirrors;
  private final KeyMap keys;
  private final UidMap uids;
  private final Set<GroupResource> read = ConcurrentHashMap.newKeySet();

  Owners(Mirrors mirrors, KeyMap keys, UidMap uids) {
    this.mirrors = mirrors;
    this.keys = keys;
    this.uids = uids;
  }

  /** One pass's look-ups. */
  final class Lookup implements OwnerLookup {
    private final WorkKey dependent;
    private boolean unsure;

    private Lookup(WorkKey dependent) {
      this.dependent = dependent;
    }

    @Override
    public Optional<String> upstreamUid(String physicalUid) {
      Optional<String> known = uids.find(physicalUid, dependent);
      if (known.isPresent()) {
        return known;
      }
      unsure |= !readMirrors();
      return uids.find(physicalUid, dependent);
    }

    /** Whether an owner was not found while some list was not there yet. */
    boolean isUnsure() {
      return unsure;
    }
  }

  Lookup lookup(WorkKey dependent) {
    return new Lookup(dependent);
  }

  /** Returns whether all mirrors were read. */
  private boolean readMirrors() {
    boolean all = true;
    for (GroupResource resource : mirrors.resources()) {
      if (!read.contains(resource)) {
        all &= read(resource);
      }
    }
    return all;
  }

  private boolean read(GroupResource resource) {
    Optional<Mirror> physical = mirrors.physical(resource);
    Optional<Mirror> upstream = mirrors.upstream(resource);
    if (physical.isEmpty() || upstream.isEmpty()) {
      return true;
    }
    if (isStarting(physical.get()) || isStarting(upstream.get())) {
      return false;
    }
    for (MirrorEntry entry : physical.get().entries()) {
      keys.upstream(new WorkKey(resource, entry.namespace(), entry.name()))
          .flatMap(key -> upstream.get().find(key.namespace(), key.name()))
          .ifPresent(copy -> uids.put(entry.uid(), copy.uid()));
    }
    read.add(resource);
    return true;
  }

  private static boolean isStarting(Mirror mirror) {
    return !mirror.hasSynced() && mirror.state() == Mirror.State.STARTING;
  }
}
