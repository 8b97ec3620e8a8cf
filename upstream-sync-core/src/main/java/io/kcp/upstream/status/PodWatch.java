package io.kcp.upstream.status;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.mirror.KeptBytes;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.mirror.MirrorListener;
import io.kcp.upstream.mirror.MirrorQuery;
import io.kcp.upstream.mirror.MirrorSettings;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ClusterEndpoint;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Watches the physical cluster's pods, and what stands between them and their workloads, while a
 * type is synced whose objects have pods. Whether pods are pulled up makes no difference. An object
 * is read as it arrives, on the thread of its watch, and not kept: waiting for a worker it would
 * take a hundred times the space.
 */
final class PodWatch implements MirrorListener {
  private static final MirrorQuery ALL = new MirrorQuery("", "", false, false);
  private static final String REVISION = "/revision";

  private final ClusterEndpoint physical;
  private final MirrorSettings settings;
  private final PodBoard board;
  private final Runnable stateChanged;
  private final PodReader reader;
  private volatile Map<ResourceType, Mirror> mirrors = Map.of(); // each one unmodifiable
  private boolean stopped; // guarded by this

  /** The UID of what is between, which a deletion does not tell. */
  private final Map<String, String> uids = new ConcurrentHashMap<>();

  PodWatch(
      ClusterEndpoint physical,
      MirrorSettings settings,
      PodBoard board,
      PodReader reader,
      Runnable stateChanged) {
    this.reader = reader;
    this.physical = physical;
    // What is read as it arrives must not find no room.
    this.settings = settings.with(new KeptBytes(Long.MAX_VALUE, Long.MAX_VALUE));
    this.board = board;
    this.stateChanged = stateChanged;
  }

  /**
   * Watches what these types need, and nothing else. All of it counts as not listed from the same
   * moment on: pods without their ReplicaSets are nobody's.
   */
  synchronized void watchFor(Collection<SyncedType> types) {
    if (stopped) { // a refresh may be under way while the syncer ends
      return;
    }
    Map<ResourceType, Mirror> before = mirrors;
    Map<ResourceType, Mirror> next = new LinkedHashMap<>();
    for (ResourceType type : PodTypes.needed(types)) {
      Mirror known = before.get(type);
      next.put(type, known == null ? new Mirror(physical, type, ALL, settings, this) : known);
    }
    mirrors = Collections.unmodifiableMap(next);
    before.forEach(
        (type, mirror) -> {
          if (!next.containsKey(type)) {
            mirror.stop();
            forget(type);
          }
        });
    next.values().forEach(Mirror::start); // a second start counts for nothing
  }

  /** What goes while nobody watches is never told: it is learned anew. */
  private void forget(ResourceType type) {
    if (type.equals(PodTypes.PODS)) {
      board.noPods();
      return;
    }
    Map.copyOf(uids)
        .forEach(
            (place, uid) -> {
              if (place.startsWith(type.kind() + "/")) {
                uids.remove(place);
                board.betweenGone(uid);
              }
            });
  }

  /** For good. */
  synchronized void stop() {
    stopped = true;
    mirrors.values().parallelStream().forEach(Mirror::stop);
    mirrors = Map.of();
  }

  /** Whether there is no list to wait for: every list that can be had was had. */
  boolean isListed() {
    return isListed(mirrors);
  }

  /** Whether pods are watched, and all that is to be known of them is known. */
  boolean isSettled() {
    Map<ResourceType, Mirror> now = mirrors;
    return now.containsKey(PodTypes.PODS) && isListed(now);
  }

  private static boolean isListed(Map<ResourceType, Mirror> mirrors) {
    return mirrors.values().stream().allMatch(mirror -> mirror.hasSynced() || isBarred(mirror));
  }

  /** Whether a first list is about to be had, and nothing speaks against it. */
  boolean isStarting() {
    Map<ResourceType, Mirror> now = mirrors;
    return !now.containsKey(PodTypes.PODS)
        || now.values().stream().anyMatch(mirror -> mirror.state() == Mirror.State.STARTING);
  }

  /** Whether pods are known at all: not where they are refused. */
  boolean isKnown() {
    Mirror pods = mirrors.get(PodTypes.PODS);
    return pods != null && pods.hasSynced() && !isBarred(pods);
  }

  /** Why pods can't be counted, as a sentence; empty where they can, or need not. */
  Optional<String> trouble() {
    return mirrors.values().stream()
        .filter(PodWatch::isBarred)
        .map(mirror -> mirror.type().resource() + ": " + mirror.message())
        .findFirst();
  }

  private static boolean isBarred(Mirror mirror) {
    return mirror.state() == Mirror.State.FORBIDDEN || mirror.state() == Mirror.State.NOT_SERVED;
  }

  Collection<Mirror> mirrors() {
    return mirrors.values();
  }

  @Override
  public void changed(GroupResource resource, String namespace, String name) {
    for (Mirror mirror : mirrors.values()) {
      if (mirror.type().resource().equals(resource)) {
        Optional<MirrorEntry> entry = mirror.find(namespace, name);
        entry.ifPresentOrElse(
            there -> read(mirror.type(), there), () -> gone(mirror.type(), namespace, name));
      }
    }
  }

  private void read(ResourceType type, MirrorEntry entry) {
    Optional<ObjectTree> content = entry.content();
    entry.release();
    content.ifPresent(
        object -> {
          if (type.equals(PodTypes.PODS)) {
            board.pod(
                entry.namespace(), entry.name(), ControllerRef.of(object), reader.read(object));
          } else {
            between(type, entry, object);
          }
        });
  }

  private void between(ResourceType type, MirrorEntry entry, ObjectTree object) {
    String before = uids.put(place(type, entry.namespace(), entry.name()), entry.uid());
    if (before != null && !before.equals(entry.uid())) {
      board.betweenGone(before);
    }
    board.between(
        new PodBoard.Workload(
            type.resource().group(), type.kind(), entry.namespace(), entry.name(), entry.uid()),
        ControllerRef.of(object),
        revision(object));
  }

  /** As Deployments, and what others make in their likeness, number their ReplicaSets. */
  private static long revision(ObjectTree object) {
    return object.annotations().entrySet().stream()
        .filter(each -> each.getKey().endsWith(REVISION))
        .mapToLong(each -> number(each.getValue()))
        .max()
        .orElse(0);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void gone(ResourceType type, String namespace, String name) {
    if (type.equals(PodTypes.PODS)) {
      board.podGone(namespace, name);
      return;
    }
    String uid = uids.remove(place(type, namespace, name));
    if (uid != null) {
      board.betweenGone(uid);
    }
  }

  private static String place(ResourceType type, String namespace, String name) {
    return type.kind() + "/" + namespace + "/" + name;
  }

  @Override
  public void stateChanged(Mirror mirror) {
    stateChanged.run();
  }
}
