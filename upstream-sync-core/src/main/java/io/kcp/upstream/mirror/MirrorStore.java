package io.kcp.upstream.mirror;

import java.util.Collection;
import java.util.Collections;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The entries of one mirror. Written by the mirror's thread alone, read by any. */
final class MirrorStore {
  private static final RawObject NOTHING = new RawObject("", "", "", "", new byte[0]);

  private final EntryTable entries;
  private final Shelf shelf;
  private int list;

  MirrorStore(Shelf shelf) {
    this.shelf = shelf;
    this.entries = new EntryTable(MirrorEntry.of(shelf, NOTHING));
  }

  @Nullable MirrorEntry get(String namespace, String name) {
    return entries.get(namespace, name);
  }

  Collection<MirrorEntry> entries() {
    return Collections.unmodifiableCollection(entries);
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
    entries.forEach(
        entry -> {
          if (entry.list != list) {
            entries.remove(entry);
            entry.release();
            gone.accept(entry.namespace(), entry.name());
          }
        });
  }

  /**
   * Takes a version of an object, unless it is the one that is here or older than that.
   *
   * @param whatever takes it in any case: versions were handed out twice, so they tell nothing
   * @return whether there is a new entry now
   */
  boolean put(RawObject object, boolean whatever) {
    MirrorEntry old = entries.get(object.namespace(), object.name());
    if (old != null && !whatever && !isNews(object, old)) {
      old.list = list;
      return false;
    }
    // The old one's names may be those of the other side's entry, too: there is one of each.
    MirrorEntry entry =
        MirrorEntry.of(shelf, old == null ? object : object.named(old.namespace(), old.name()));
    entry.list = list;
    entries.put(entry);
    if (old != null) {
      old.release();
    }
    return true;
  }

  /** Drops an object, unless a version after its deletion is here; returns whether it was here. */
  boolean remove(RawObject deleted) {
    MirrorEntry old = entries.get(deleted.namespace(), deleted.name());
    if (old == null || Versions.older(deleted.resourceVersion(), old.resourceVersion())) {
      return false;
    }
    entries.remove(old);
    old.release();
    return true;
  }

  /** No content is needed any more. */
  void release() {
    entries.forEach(MirrorEntry::release);
  }

  private static boolean isNews(RawObject object, MirrorEntry old) {
    String version = old.resourceVersion();
    return object.resourceVersion().isEmpty()
        || !(object.resourceVersion().equals(version)
            || Versions.older(object.resourceVersion(), version));
  }
}
