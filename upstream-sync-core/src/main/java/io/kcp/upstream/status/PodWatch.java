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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Watches the physical cluster's pods, and what stands between them and their workloads, while a
 * type is synced whose objects have pods. Whether pods are pulled up makes no difference. An object
 * is read as it arrives, on the thread of its watch, and not kept: waiting for a worker it would
 * take a hundred times the space.
 */
final class PodWatch implements MirrorListener {
  private static final MirrorQuery ALL = new MirrorQuery("", "", false, false);
  private static final ResourceType PODS = type("", "v1", "pods", "Pod");
  private static final ResourceType REPLICA_SETS = type("apps", "v1", "replicasets", "ReplicaSet");
  private static final ResourceType JOBS = type("batch", "v1", "jobs", "Job");
  private static final String REVISION = "/revision";

  private static final Set<String> WITH_PODS =
      Set.of(
          "deployments.apps",
          "statefulsets.apps",
          "daemonsets.apps",
          "replicasets.apps",
          "replicationcontrollers",
          "jobs.batch",
          "cronjobs.batch");

  private final ClusterEndpoint physical;
  private final MirrorSettings settings;
  private final PodBoard board;
  private final Runnable stateChanged;
  private final PodReader reader;
  private final Map<ResourceType, Mirror> mirrors = new ConcurrentHashMap<>();
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

  private static ResourceType type(String group, String version, String resource, String kind) {
    return new ResourceType(
        new GroupResource(group, resource),
        version,
        kind,
        true,
        Set.of("list", "watch"),
        Set.of("status"));
  }

  /** Whether objects of the type are said to have pods: by their kind, or by a scale. */
  static boolean hasPods(ResourceType type) {
    return WITH_PODS.contains(type.resource().toString()) || type.subresources().contains("scale");
  }

  /** Watches what these types need, and nothing else. */
  synchronized void watchFor(Collection<SyncedType> types) {
    if (stopped) { // a refresh may be under way while the syncer ends
      return;
    }
    List<ResourceType> needed = new ArrayList<>();
    for (SyncedType type : types) {
      if (hasPods(type.physical())) {
        needed.add(PODS);
        needed.add(type.resource().group().equals("batch") ? JOBS : REPLICA_SETS);
      }
    }
    for (ResourceType type : List.copyOf(mirrors.keySet())) {
      if (!needed.contains(type)) {
        mirrors.remove(type).stop();
      }
    }
    for (ResourceType type : Set.copyOf(needed)) {
      if (!mirrors.containsKey(type)) {
        Mirror mirror = new Mirror(physical, type, ALL, settings, this);
        mirrors.put(type, mirror);
        mirror.start();
      }
    }
  }

  /** For good. */
  synchronized void stop() {
    stopped = true;
    List.copyOf(mirrors.values()).parallelStream().forEach(Mirror::stop);
    mirrors.clear();
  }

  /** Whether all that is to be known is known: every list that can be had was had. */
  boolean isListed() {
    return mirrors.values().stream().allMatch(mirror -> mirror.hasSynced() || isBarred(mirror));
  }

  /** Whether a first list is under way and nothing speaks against it. */
  boolean isStarting() {
    return mirrors.values().stream().anyMatch(mirror -> mirror.state() == Mirror.State.STARTING);
  }

  /** Whether pods are known at all: not where they are refused. */
  boolean isKnown() {
    Mirror pods = mirrors.get(PODS);
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

  /** When the cluster last sent anything on one of these watches. */
  Optional<Instant> lastContact() {
    return mirrors.values().stream()
        .flatMap(mirror -> mirror.lastContact().stream())
        .max(Instant::compareTo);
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
          if (type.equals(PODS)) {
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
    if (type.equals(PODS)) {
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
