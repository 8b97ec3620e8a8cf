package io.kcp.upstream.mirror;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The entries of one mirror. Written by the mirror's thread alone, read by any. */
final class MirrorStore {

  private record Key(String namespace, String name) {}

  private final Map<Key, MirrorEntry> entries = new ConcurrentHashMap<>();
  private final Shelf shelf;
  private int list;

  MirrorStore(Shelf shelf) {
    this.shelf = shelf;
  }

  @Nullable MirrorEntry get(String namespace, String name) {
    return entries.get(new Key(namespace, name));
  }

  Collection<MirrorEntry> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  int size() {
    return entries.size();
  }

  /** A list begins: what is not put before {@link #endList} is gone. */
  void beginList() {
    list++;
  }

  /** The list was complete: drops what it did not hold, and tells namespace and name of each. */
  void endList(BiConsumer<String, String> gone) {
    for (Iterator<MirrorEntry> i = entries.values().iterator(); i.hasNext(); ) {
      MirrorEntry entry = i.next();
      if (entry.list != list) {
        i.remove();
        entry.release();
        gone.accept(entry.namespace(), entry.name());
      }
    }
  }

  /**
   * Takes a version of an object, unless it is the one that is here or older than that.
   *
   * @param whatever takes it in any case: versions were handed out twice, so they tell nothing
   * @return whether there is a new entry now
   */
  boolean put(RawObject object, boolean whatever) {
    Key key = new Key(object.namespace(), object.name());
    MirrorEntry old = entries.get(key);
    if (old != null && !whatever && !isNews(object, old)) {
      old.list = list;
      return false;
    }
    // The map keeps its first key: a new entry with that key's strings holds no second copy of
    // them.
    MirrorEntry entry =
        new MirrorEntry(shelf, old == null ? object : object.named(old.namespace(), old.name()));
    entry.list = list;
    entries.put(key, entry);
    if (old != null) {
      old.release();
    }
    return true;
  }

  /** Drops an object, unless a version after its deletion is here; returns whether it was here. */
  boolean remove(RawObject deleted) {
    Key key = new Key(deleted.namespace(), deleted.name());
    MirrorEntry old = entries.get(key);
    if (old == null || Versions.older(deleted.resourceVersion(), old.resourceVersion())) {
      return false;
    }
    entries.remove(key);
    old.release();
    return true;
  }

  /** No content is needed any more. */
  void release() {
    entries.values().forEach(MirrorEntry::release);
  }

  private static boolean isNews(RawObject object, MirrorEntry old) {
    String version = old.resourceVersion();
    return object.resourceVersion().isEmpty()
        || !(object.resourceVersion().equals(version)
            || Versions.older(object.resourceVersion(), version));
  }
}
