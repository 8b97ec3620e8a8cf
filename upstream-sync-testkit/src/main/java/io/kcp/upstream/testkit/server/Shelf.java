package io.kcp.upstream.testkit.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one resource in all logical clusters, its latest changes, and who watches. Guarded
 * by the lock of its {@link Store}.
 */
final class Shelf {
  private static final int HISTORY = 10_000;

  private final NavigableMap<ObjectKey, Stored> objects = new TreeMap<>();
  private final Deque<Change> history = new ArrayDeque<>();
  private final Set<Subscriber> subscribers = new LinkedHashSet<>();

  /** The version of the last change that is forgotten. */
  private long floor;

  Shelf(long floor) {
    this.floor = floor;
  }

  @Nullable Stored get(ObjectKey key) {
    return objects.get(key);
  }

  void record(Change change) {
    if (change.after() == null) {
      objects.remove(change.key());
    } else {
      objects.put(change.key(), change.after());
    }
    history.add(change);
    while (history.size() > HISTORY) {
      floor = history.remove().version();
    }
    subscribers.forEach(subscriber -> subscriber.on(change));
  }

  List<Stored> items(Scope scope) {
    List<Stored> items = new ArrayList<>();
    for (Map.Entry<ObjectKey, Stored> entry : objects.tailMap(scope.first(), true).entrySet()) {
      if (scope.isPast(entry.getKey())) {
        break;
      }
      if (scope.holds(entry.getKey())) {
        items.add(entry.getValue());
      }
    }
    return items;
  }

  /** The items as they were at {@code version}; null when that is forgotten. */
  @Nullable List<Stored> itemsAt(Scope scope, long version) {
    if (version < floor) {
      return null;
    }
    NavigableMap<ObjectKey, Stored> then = new TreeMap<>();
    items(scope).forEach(item -> then.put(item.key(), item));
    Iterator<Change> backwards = history.descendingIterator();
    while (backwards.hasNext()) {
      Change change = backwards.next();
      if (change.version() <= version) {
        break;
      }
      if (!scope.holds(change.key())) {
        continue;
      }
      if (change.before() == null) {
        then.remove(change.key());
      } else {
        then.put(change.key(), change.before());
      }
    }
    return new ArrayList<>(then.values());
  }

  /** The changes after {@code version}; null when some of them are forgotten. */
  @Nullable List<Change> changesAfter(Scope scope, long version) {
    if (version < floor) {
      return null;
    }
    return history.stream()
        .filter(change -> change.version() > version && scope.holds(change.key()))
        .toList();
  }

  long floor() {
    return floor;
  }

  void subscribe(Subscriber subscriber) {
    subscribers.add(subscriber);
  }

  void unsubscribe(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  Collection<Subscriber> subscribers() {
    return List.copyOf(subscribers);
  }

  Collection<Stored> everything() {
    return List.copyOf(objects.values());
  }

  /** Forgets all changes up to {@code version}. */
  void forget(long version) {
    history.clear();
    floor = version;
  }

  /** Puts an object in place of its earlier self, without a change that anybody sees. */
  void renumber(Stored object) {
    objects.put(object.key(), object);
  }
}
