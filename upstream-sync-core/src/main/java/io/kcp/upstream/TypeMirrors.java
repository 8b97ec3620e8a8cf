package io.kcp.upstream;

import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.mirror.KeptBytes;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorGuard;
import io.kcp.upstream.mirror.MirrorListener;
import io.kcp.upstream.mirror.MirrorQuery;
import io.kcp.upstream.mirror.MirrorSettings;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.Side;
import io.kcp.upstream.sync.Mirrors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Both sides' mirrors of every resource that is synced. A resource that is selected no longer keeps
 * its mirrors while copies of it are left upstream, so that these can be withdrawn. Changed by one
 * thread at a time, read by any.
 */
final class TypeMirrors implements Mirrors {
  /** A resource's two mirrors. */
  record Pair(SyncedType type, Mirror physical, Mirror upstream, boolean versioned) {
    /** What was seen of versions counts no more. */
    Pair unversioned() {
      return new Pair(type, physical, upstream, false);
    }

    boolean hasSynced() {
      return physical.hasSynced() && upstream.hasSynced();
    }

    List<Mirror> both() {
      return List.of(physical, upstream);
    }
  }

  private final Setup setup;
  private final MirrorSettings settings;
  private final MirrorSettings ofObjects;
  private final MirrorQuery marked;
  private final MirrorListener physicalChanges;
  private final MirrorListener upstreamChanges;
  private final Map<GroupResource, Pair> pairs = new ConcurrentHashMap<>();
  private volatile boolean closed;
  private volatile MirrorGuard guard = () -> {};
  private final Map<GroupResource, String> seen = new ConcurrentHashMap<>();
  private final Set<Mirror> announced = Collections.newSetFromMap(new WeakHashMap<>());

  TypeMirrors(
      Setup setup,
      String markLabel,
      MirrorListener physicalChanges,
      MirrorListener upstreamChanges) {
    this.setup = setup;
    this.settings =
        MirrorSettings.of(setup.runtime().watchThreads(), setup.clock(), setup.backoff());
    this.ofObjects = settings.with(KeptBytes.ofHeap());
    this.marked = MirrorQuery.upstream(markLabel);
    this.physicalChanges = physicalChanges;
    this.upstreamChanges = upstreamChanges;
  }

  /** Who is asked before anything is taken from the physical cluster. */
  void guardedBy(MirrorGuard other) {
    guard = other;
  }

  /** The highest physical version that an earlier process saw of each resource. */
  void expect(ObjectTree target) {
    for (ObjectTree resource : target.items("status.upstreamSync.resources")) {
      resource
          .string("physicalResourceVersion")
          .ifPresent(
              version ->
                  seen.put(
                      new GroupResource(
                          resource.string("group").orElse(""),
                          resource.string("resource").orElseThrow()),
                      version));
    }
  }

  /** Versions begin anew: another cluster, or one that went back, and a person says it is right. */
  void forgetVersions() {
    seen.clear();
    pairs.replaceAll((resource, pair) -> pair.unversioned());
  }

  /** Whether a watch of the physical cluster is cut. */
  boolean isPhysicalLost() {
    return pairs.values().stream()
        .anyMatch(pair -> pair.physical().state() == Mirror.State.RETRYING);
  }

  /** The physical mirrors whose cluster went back. */
  List<Mirror> rewound() {
    return pairs.values().stream().map(Pair::physical).filter(Mirror::isRewound).toList();
  }

  /**
   * Starts what is new, stops what is gone, starts anew what is served in another version or shape.
   *
   * @return whether anything is different from before
   */
  boolean update(Map<GroupResource, SyncedType> types) {
    boolean changed = false;
    for (Pair pair : new ArrayList<>(pairs.values())) {
      SyncedType wanted = types.get(pair.type().resource());
      boolean stays = wanted == null ? !isWithdrawn(pair) : wanted.equals(pair.type());
      if (!stays) {
        pairs.remove(pair.type().resource());
        stop(List.of(pair));
        changed = true;
      }
    }
    for (SyncedType type : types.values()) {
      if (!pairs.containsKey(type.resource())) {
        start(type);
        changed = true;
      }
    }
    return changed;
  }

  private static boolean isWithdrawn(Pair pair) {
    return pair.upstream().hasSynced() && pair.upstream().size() == 0;
  }

  /** Hands on each pair whose lists have become complete since the last call, once. */
  synchronized void announceListed(Consumer<Pair> to) {
    for (Pair pair : pairs.values()) {
      if (pair.hasSynced() && !announced.contains(pair.physical())) {
        to.accept(pair);
        announced.add(pair.physical());
      }
    }
  }

  synchronized boolean isAnnounced(Pair pair) {
    return announced.contains(pair.physical());
  }

  /** Lists every physical object anew, so that each can be transformed anew. */
  void renewPhysical() {
    for (Pair pair : List.copyOf(pairs.values())) {
      remember(pair);
      Mirror fresh = physical(pair.type());
      pairs.put(pair.type().resource(), new Pair(pair.type(), fresh, pair.upstream(), true));
      fresh.start();
      pair.physical().stop();
      stopIfClosed();
    }
  }

  private Mirror physical(SyncedType type) {
    Mirror mirror =
        new Mirror(
            setup.physical(), type.physical(), MirrorQuery.physical(), ofObjects, physicalChanges);
    mirror.expectAtLeast(seen.getOrDefault(type.resource(), ""));
    mirror.guardedBy(guard);
    return mirror;
  }

  private void remember(Pair pair) {
    if (pair.versioned()) {
      seen.put(pair.type().resource(), pair.physical().highestVersion());
    }
  }

  private void start(SyncedType type) {
    Pair pair =
        new Pair(
            type,
            physical(type),
            new Mirror(setup.workspace(), type.upstream(), marked, ofObjects, upstreamChanges),
            true);
    pairs.put(type.resource(), pair);
    pair.upstream().start();
    pair.physical().start();
    stopIfClosed();
  }

  /** A refresh may be under way while the syncer ends. */
  private void stopIfClosed() {
    if (closed) {
      stop();
    }
  }

  MirrorSettings settings() {
    return settings;
  }

  Collection<Pair> pairs() {
    return pairs.values();
  }

  Optional<Pair> pair(GroupResource resource) {
    return Optional.ofNullable(pairs.get(resource));
  }

  @Override
  public Set<GroupResource> resources() {
    return pairs.keySet();
  }

  @Override
  public Optional<SyncedType> type(GroupResource resource) {
    return pair(resource).map(Pair::type);
  }

  @Override
  public Optional<Mirror> physical(GroupResource resource) {
    return pair(resource).map(Pair::physical);
  }

  @Override
  public Optional<Mirror> upstream(GroupResource resource) {
    return pair(resource).map(Pair::upstream);
  }

  /** Side by side, since each may have to wait for its thread. */
  void stop() {
    List<Pair> all = List.copyOf(pairs.values());
    all.forEach(pair -> pairs.remove(pair.type().resource(), pair)); // and none put meanwhile
    stop(all);
  }

  /** For good: what is begun later ends at once. */
  void close() {
    closed = true;
    stop();
  }

  private void stop(List<Pair> pairs) {
    pairs.forEach(this::remember);
    pairs.stream().flatMap(pair -> pair.both().stream()).parallel().forEach(Mirror::stop);
  }

  /** How many objects of one side are mirrored. */
  long count(Side side) {
    return pairs.values().stream()
        .map(side == Side.PHYSICAL ? Pair::physical : Pair::upstream)
        .mapToLong(Mirror::size)
        .sum();
  }

  /** How many bytes of content wait to be looked at. */
  long keptBytes() {
    return ofObjects.kept().now();
  }
}
