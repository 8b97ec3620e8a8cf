package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the server has stored, with one version counter for all of it. Writes name the state that
 * they replace and are refused when it is no longer there. Safe for several threads.
 */
final class Store {
  private static final long FIRST_VERSION = 100_000;

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<ResourceName, Shelf> shelves = new ConcurrentHashMap<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private long version = FIRST_VERSION;

  /** Calls {@code listener} after each change, under the lock: it must not block. */
  void onChange(Consumer<Change> listener) {
    listeners.add(listener);
  }

  long version() {
    return reading(() -> version);
  }

  @Nullable Stored get(ResourceName resource, ObjectKey key) {
    lock.readLock().lock();
    try {
      return shelf(resource).get(key);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Stores a new object.
   *
   * @param guard throws when the object must not be stored; runs under the lock
   * @return null when there is one already
   */
  @Nullable Stored create(
      ResourceName resource, ObjectKey key, Map<String, Object> tree, Runnable guard) {
    return write(resource, key, null, tree, guard);
  }

  /** Returns null when {@code expected} is not what is stored. */
  @Nullable Stored replace(ResourceName resource, Stored expected, Map<String, Object> tree) {
    return replace(resource, expected, tree, () -> {});
  }

  /**
   * The same.
   *
   * @param along runs under the lock: who reads what is stored sees what it did, too
   */
  @Nullable Stored replace(
      ResourceName resource, Stored expected, Map<String, Object> tree, Runnable along) {
    return write(resource, expected.key(), expected, tree, along);
  }

  /**
   * Deletes an object.
   *
   * @return its last state under the version of the deletion; null when {@code expected} is not
   *     what is stored
   */
  @Nullable Stored delete(ResourceName resource, Stored expected) {
    return write(resource, expected.key(), expected, null, () -> {});
  }

  private @Nullable Stored write(
      ResourceName resource,
      ObjectKey key,
      @Nullable Stored expected,
      @Nullable Map<String, Object> tree,
      Runnable guard) {
    lock.writeLock().lock();
    try {
      guard.run();
      Shelf shelf = shelf(resource);
      if (shelf.get(key) != expected) {
        return null;
      }
      version++;
      Stored after = tree == null ? null : new Stored(key, version, tree);
      Change change = new Change(resource, key, version, expected, after);
      shelf.record(change);
      listeners.forEach(listener -> listener.accept(change));
      return after != null || expected == null ? after : new Stored(key, version, expected.tree());
    } finally {
      lock.writeLock().unlock();
    }
  }

  Listing list(ResourceName resource, Scope scope) {
    return reading(() -> new Listing(version, shelf(resource).items(scope)));
  }

  /** The objects as they were at an earlier version; null when that is forgotten. */
  @Nullable Listing listAt(ResourceName resource, Scope scope, long then) {
    lock.readLock().lock();
    try {
      List<Stored> items = shelf(resource).itemsAt(scope, then);
      return items == null ? null : new Listing(then, items);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Begins a watch with everything that is there. */
  Listing subscribe(ResourceName resource, Subscriber subscriber) {
    return writing(
        () -> {
          Shelf shelf = shelf(resource);
          shelf.subscribe(subscriber);
          return new Listing(version, shelf.items(subscriber.scope()));
        });
  }

  /**
   * Begins a watch after {@code since}.
   *
   * @return what has changed since; {@code null} when some of it is forgotten: then there is no
   *     watch
   */
  @Nullable List<Change> subscribeAfter(ResourceName resource, Subscriber subscriber, long since) {
    lock.writeLock().lock();
    try {
      Shelf shelf = shelf(resource);
      List<Change> missed = shelf.changesAfter(subscriber.scope(), since);
      if (missed != null) {
        shelf.subscribe(subscriber);
      }
      return missed;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The version from which on changes of a resource are remembered. */
  long floor(ResourceName resource) {
    return reading(() -> shelf(resource).floor());
  }

  void unsubscribe(ResourceName resource, Subscriber subscriber) {
    writing(
        () -> {
          shelf(resource).unsubscribe(subscriber);
          return true;
        });
  }

  /** Tells a watch how far it is. */
  void mark(Subscriber subscriber) {
    writing(
        () -> {
          subscriber.upTo(version);
          return true;
        });
  }

  /** Ends the watches of a resource whose scope is one of these. */
  void endWatches(ResourceName resource, Predicate<Scope> which) {
    writing(
        () -> {
          for (Subscriber subscriber : shelf(resource).subscribers()) {
            if (which.test(subscriber.scope())) {
              shelf(resource).unsubscribe(subscriber);
              subscriber.end();
            }
          }
          return true;
        });
  }

  /** The resources that anything was ever asked of. */
  List<ResourceName> resources() {
    return shelves.keySet().stream().sorted().toList();
  }

  /**
   * Ends all watches and forgets all changes; objects stay.
   *
   * @param versionsGoBack whether objects and counter get versions below those handed out
   */
  void restart(boolean versionsGoBack) {
    resources().forEach(resource -> endWatches(resource, scope -> true));
    writing(
        () -> {
          if (versionsGoBack) {
            renumber();
          }
          shelves.values().forEach(shelf -> shelf.forget(version));
          return true;
        });
  }

  private void renumber() {
    record Place(Shelf shelf, Stored object) {}
    List<Place> all = new ArrayList<>();
    for (Shelf shelf : shelves.values()) {
      shelf.everything().forEach(object -> all.add(new Place(shelf, object)));
    }
    all.sort(Comparator.comparingLong(place -> place.object().version()));
    version = Math.max(1, (version - all.size()) / 2);
    for (Place place : all) {
      version++;
      place.shelf().renumber(new Stored(place.object().key(), version, place.object().tree()));
    }
  }

  private Shelf shelf(ResourceName resource) {
    return shelves.computeIfAbsent(resource, name -> new Shelf(FIRST_VERSION));
  }

  private <T> T reading(Supplier<T> action) {
    lock.readLock().lock();
    try {
      return action.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  private <T> T writing(Supplier<T> action) {
    lock.writeLock().lock();
    try {
      return action.get();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
