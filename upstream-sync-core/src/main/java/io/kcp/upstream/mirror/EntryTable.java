package io.kcp.upstream.mirror;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Entries by namespace and name. An entry is its own key and stands in the array itself, which
 * spares the 56 bytes for each that a {@code ConcurrentHashMap} takes for node and key. Written by
 * one thread at a time; read by any, without a lock. Who reads sees every entry that was there all
 * the while, and none that was replaced or removed before the read began.
 */
final class EntryTable extends AbstractCollection<MirrorEntry> {
  private static final int SMALLEST = 16;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** Names are chosen by tenants: none may know which of them begin their search in one slot. */
  private final long factor = ThreadLocalRandom.current().nextLong() | 1;

  private final MirrorEntry removed;

  /**
   * An entry stands in the slot that its key gives, or in the next that was free. What is removed
   * leaves a mark, lest a reader takes its slot for the end of the search.
   */
  private volatile AtomicReferenceArray<@Nullable MirrorEntry> slots =
      new AtomicReferenceArray<>(SMALLEST);

  private volatile int size;
  private int used; // slots with an entry or a mark

  /**
   * Empty.
   *
   * @param mark an entry that never is put
   */
  EntryTable(MirrorEntry mark) {
    this.removed = mark;
  }

  @Nullable MirrorEntry get(String namespace, String name) {
    AtomicReferenceArray<@Nullable MirrorEntry> now = slots;
    for (int slot = first(now, namespace, name); ; slot = next(now, slot)) {
      MirrorEntry entry = now.get(slot);
      if (entry == null || isAt(entry, namespace, name)) {
        return entry;
      }
    }
  }

  /** In place of the one with its key, if there is one. */
  void put(MirrorEntry entry) {
    if ((used + 1) * 4L > slots.length() * 3L) {
      resize(size + 1);
    }
    AtomicReferenceArray<@Nullable MirrorEntry> now = slots;
    int slot = slot(now, entry);
    if (now.get(slot) == null) {
      used++;
      count(1);
    }
    now.set(slot, entry);
  }

  void remove(MirrorEntry entry) {
    int slot = slot(slots, entry);
    if (slots.get(slot) == entry) {
      slots.set(slot, removed);
      count(-1);
      if (size < slots.length() / 8) {
        resize(size);
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void count(int change) {
    size += change;
  }

  /** With room for half as many again. Who reads meanwhile goes on in the old array. */
  private void resize(int entries) {
    int length = Math.max(SMALLEST, entries * 2);
    AtomicReferenceArray<@Nullable MirrorEntry> fresh = new AtomicReferenceArray<>(length);
    for (MirrorEntry entry : this) {
      fresh.set(slot(fresh, entry), entry);
    }
    used = size;
    slots = fresh;
  }

  /** Where an entry with this one's key is, or is to be put. */
  private int slot(AtomicReferenceArray<@Nullable MirrorEntry> in, MirrorEntry entry) {
    int slot = first(in, entry.namespace(), entry.name());
    for (MirrorEntry at = in.get(slot); at != null; at = in.get(slot)) {
      if (isAt(at, entry.namespace(), entry.name())) {
        break;
      }
      slot = next(in, slot);
    }
    return slot;
  }

  private boolean isAt(MirrorEntry entry, String namespace, String name) {
    return entry != removed && entry.name().equals(name) && entry.namespace().equals(namespace);
  }

  private int first(AtomicReferenceArray<?> in, String namespace, String name) {
    long hash = hashed(hashed(hashed(1, name), "/"), namespace) * SPREAD;
    return (int) (((hash >>> 32) * in.length()) >>> 32);
  }

  private long hashed(long before, String text) {
    long hash = before;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash * factor) + text.charAt(i);
    }
    return hash;
  }

  private static int next(AtomicReferenceArray<?> in, int slot) {
    return slot + 1 == in.length() ? 0 : slot + 1;
  }

  @Override
  public int size() {
    return size;
  }

  /** Of no known size, as it may change on the way. */
  @Override
  public Spliterator<MirrorEntry> spliterator() {
    return Spliterators.spliteratorUnknownSize(
        iterator(), Spliterator.CONCURRENT | Spliterator.DISTINCT | Spliterator.NONNULL);
  }

  /** Live: it may or may not show what changes meanwhile; it removes nothing. */
  @Override
  public Iterator<MirrorEntry> iterator() {
    return new Walk(slots);
  }

  private final class Walk implements Iterator<MirrorEntry> {
    private final AtomicReferenceArray<@Nullable MirrorEntry> in;
    private int slot;
    private @Nullable MirrorEntry next;

    Walk(AtomicReferenceArray<@Nullable MirrorEntry> in) {
      this.in = in;
      advance();
    }

    private void advance() {
      next = null;
      while (next == null && slot < in.length()) {
        MirrorEntry entry = in.get(slot++);
        next = entry == removed ? null : entry;
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public MirrorEntry next() {
      MirrorEntry entry = next;
      if (entry == null) {
        throw new NoSuchElementException();
      }
      advance();
      return entry;
    }
  }
}
