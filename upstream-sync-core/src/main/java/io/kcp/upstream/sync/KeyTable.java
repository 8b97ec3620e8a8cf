package io.kcp.upstream.sync;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * Some numbers for each key, in one array: no object is kept, neither key nor number. Keys are told
 * apart by a hash of 64 bits, whose own key nobody outside knows. Not safe for threads.
 */
public final class KeyTable {
  private static final int SMALLEST = 64;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final HashFunction function = Hashing.sipHash24(RANDOM.nextLong(), RANDOM.nextLong());
  private final int width;

  /** Slots of hash and numbers; a hash of zero is an empty slot. */
  private long[] slots;

  private int size;

  /**
   * Empty.
   *
   * @param numbers for each key so many
   */
  public KeyTable(int numbers) {
    this.width = numbers + 1;
    this.slots = new long[SMALLEST * width];
  }

  public Optional<long[]> get(WorkKey key) {
    long hash = hash(key);
    int slot = slot(slots, hash);
    return slots[slot] == hash
        ? Optional.of(Arrays.copyOfRange(slots, slot + 1, slot + width))
        : Optional.empty();
  }

  public void put(WorkKey key, long... numbers) {
    if (numbers.length != width - 1) {
      throw new IllegalArgumentException(
          "%d numbers in place of %d".formatted(numbers.length, width - 1));
    }
    if (size * 5L >= slots.length / width * 4L) {
      grow();
    }
    long hash = hash(key);
    int slot = slot(slots, hash);
    size += slots[slot] == 0 ? 1 : 0;
    slots[slot] = hash;
    System.arraycopy(numbers, 0, slots, slot + 1, numbers.length);
  }

  /** Returns whether it was there. */
  public boolean remove(WorkKey key) {
    int slot = slot(slots, hash(key));
    if (slots[slot] == 0) {
      return false;
    }
    slots[slot] = 0;
    size--;
    // What was put behind it for want of a place may have one nearer now.
    for (int next = next(slots, slot); slots[next] != 0; next = next(slots, next)) {
      long hash = slots[next];
      slots[next] = 0;
      int nearer = slot(slots, hash);
      System.arraycopy(slots, next, slots, nearer, width);
      slots[nearer] = hash;
    }
    return true;
  }

  public int size() {
    return size;
  }

  /** By a quarter: what a table that doubles has to spare is half of it at the worst. */
  private void grow() {
    long[] larger = new long[slots.length / width * 5 / 4 * width];
    for (int i = 0; i < slots.length; i += width) {
      if (slots[i] != 0) {
        System.arraycopy(slots, i, larger, slot(larger, slots[i]), width);
      }
    }
    slots = larger;
  }

  private long hash(WorkKey key) {
    long hash = function.hashString(key.toString(), StandardCharsets.UTF_8).asLong();
    return hash == 0 ? 1 : hash;
  }

  /** Where the hash is, or would be put. */
  private int slot(long[] table, long hash) {
    int slot = (int) Long.remainderUnsigned(hash, table.length / width) * width;
    while (table[slot] != 0 && table[slot] != hash) {
      slot = next(table, slot);
    }
    return slot;
  }

  private int next(long[] table, int slot) {
    return slot + width == table.length ? 0 : slot + width;
  }
}
