package io.kcp.upstream.sync;

import io.kcp.upstream.spi.GroupResource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which key is next. Each key is here once, in the best lane it was put into; within a lane
 * resources take turns, and the keys of one resource keep their order. Not safe for threads.
 */
final class KeyLanes {

  /** From the first served to the last. */
  enum Lane {
    /** Something just happened. */
    FRESH,
    /** Tried before, or meant for now. */
    RETRY,
    /** Found by a start. */
    BACKLOG
  }

  // Mostly the first lane that has a key; but each eighth turn begins at RETRY and each eighth at
  // BACKLOG, so that an unending stream of changes keeps nothing waiting for ever.
  private static final int ROUND = 8;
  private static final List<Lane> FRESH_FIRST = List.of(Lane.FRESH, Lane.RETRY, Lane.BACKLOG);
  private static final List<Lane> RETRY_FIRST = List.of(Lane.RETRY, Lane.BACKLOG, Lane.FRESH);
  private static final List<Lane> BACKLOG_FIRST = List.of(Lane.BACKLOG, Lane.RETRY, Lane.FRESH);

  private final Map<Lane, Map<GroupResource, Set<WorkKey>>> lanes = new EnumMap<>(Lane.class);
  private final Map<WorkKey, Lane> where = new HashMap<>();
  private int turn;

  KeyLanes() {
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new LinkedHashMap<>());
    }
  }

  int size() {
    return where.size();
  }

  /** Returns false when the key is in that lane or a better one already. */
  boolean put(WorkKey key, Lane lane) {
    Lane now = where.get(key);
    if (now != null && now.compareTo(lane) <= 0) {
      return false;
    }
    if (now != null) {
      remove(key, now);
    }
    where.put(key, lane);
    resources(lane).computeIfAbsent(key.resource(), r -> new LinkedHashSet<>()).add(key);
    return true;
  }

  @Nullable WorkKey poll() {
    for (Lane lane : order()) {
      Map<GroupResource, Set<WorkKey>> resources = resources(lane);
      if (!resources.isEmpty()) {
        turn = (turn + 1) % ROUND;
        WorkKey key = next(resources);
        where.remove(key);
        return key;
      }
    }
    return null;
  }

  private List<Lane> order() {
    return switch (turn) {
      case ROUND / 2 - 1 -> RETRY_FIRST;
      case ROUND - 1 -> BACKLOG_FIRST;
      default -> FRESH_FIRST;
    };
  }

  /** The first key of the first resource, which then goes behind the others. */
  private static WorkKey next(Map<GroupResource, Set<WorkKey>> resources) {
    Iterator<Map.Entry<GroupResource, Set<WorkKey>>> first = resources.entrySet().iterator();
    Map.Entry<GroupResource, Set<WorkKey>> entry = first.next();
    GroupResource resource = entry.getKey();
    Set<WorkKey> keys = entry.getValue();
    first.remove();
    Iterator<WorkKey> waiting = keys.iterator();
    WorkKey key = waiting.next();
    waiting.remove();
    if (!keys.isEmpty()) {
      resources.put(resource, keys);
    }
    return key;
  }

  private void remove(WorkKey key, Lane lane) {
    Map<GroupResource, Set<WorkKey>> resources = resources(lane);
    Set<WorkKey> keys = resources.getOrDefault(key.resource(), Set.of());
    keys.remove(key);
    if (keys.isEmpty()) {
      resources.remove(key.resource());
    }
  }

  private Map<GroupResource, Set<WorkKey>> resources(Lane lane) {
    return lanes.getOrDefault(lane, Map.of());
  }
}
