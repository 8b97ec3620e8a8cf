package io.kcp.upstream.sync;

import io.kcp.upstream.spi.GroupResource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which key is next. Each key is here once, in the best lane it was put into; within a lane
 * resources take turns, within a resource namespaces do, and the keys of one namespace keep their
 * order. Not safe for threads.
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

  private final Map<Lane, Turns<GroupResource, Turns<String, Waiting>>> lanes =
      new EnumMap<>(Lane.class);
  private final Map<WorkKey, Lane> where = new HashMap<>();
  private int turn;

  KeyLanes() {
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new Turns<>());
    }
  }

  /** What keys wait in: in a line, or in several that take turns. */
  private interface Line {
    boolean isEmpty();

    WorkKey next();
  }

  /** One line. */
  private static final class Waiting implements Line {
    private final Set<WorkKey> keys = new LinkedHashSet<>();

    @Override
    public boolean isEmpty() {
      return keys.isEmpty();
    }

    @Override
    public WorkKey next() {
      Iterator<WorkKey> first = keys.iterator();
      WorkKey key = first.next();
      first.remove();
      return key;
    }
  }

  /** Lines that are not empty; the first gives one key and goes behind the others. */
  private static final class Turns<K, L extends Line> implements Line {
    private final Map<K, L> lines = new LinkedHashMap<>();

    @Override
    public boolean isEmpty() {
      return lines.isEmpty();
    }

    @Override
    public WorkKey next() {
      Iterator<Map.Entry<K, L>> first = lines.entrySet().iterator();
      Map.Entry<K, L> entry = first.next();
      K name = entry.getKey();
      L line = entry.getValue();
      first.remove();
      WorkKey key = line.next();
      if (!line.isEmpty()) {
        lines.put(name, line);
      }
      return key;
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
    resources(lane)
        .lines
        .computeIfAbsent(key.resource(), r -> new Turns<>())
        .lines
        .computeIfAbsent(key.namespace(), n -> new Waiting())
        .keys
        .add(key);
    return true;
  }

  @Nullable WorkKey poll() {
    for (Lane lane : order()) {
      Turns<GroupResource, Turns<String, Waiting>> resources = resources(lane);
      if (!resources.isEmpty()) {
        turn = (turn + 1) % ROUND;
        WorkKey key = resources.next();
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

  private void remove(WorkKey key, Lane lane) {
    resources(lane)
        .lines
        .computeIfPresent(
            key.resource(),
            (resource, namespaces) -> {
              namespaces.lines.computeIfPresent(
                  key.namespace(),
                  (namespace, line) -> {
                    line.keys.remove(key);
                    return line.isEmpty() ? null : line;
                  });
              return namespaces.isEmpty() ? null : namespaces;
            });
  }

  private Turns<GroupResource, Turns<String, Waiting>> resources(Lane lane) {
    return Objects.requireNonNull(lanes.get(lane));
  }
}
