package io.kcp.upstream.status;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import io.kcp.upstream.sync.WorkKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.OptionalLong;

/**
 * A number for each key, in one array: no object is kept, neither key nor number. Keys are told
 * apart by a hash of 64 bits, whose own key nobody outside knows. Not safe for threads.
 */
final class KeyTable {
  private static final int PAIR = 2;
  private static final int SMALLEST = 64;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final HashFunction function = Hashing.sipHash24(RANDOM.nextLong(), RANDOM.nextLong());

  /** Slots of two: the hash and the number; a hash of zero is an empty slot. */
  private long[] slots = new long[SMALLEST * PAIR];

  private int size;

  OptionalLong get(WorkKey key) {
    long hash = hash(key);
    int slot = slot(slots, hash);
    return slots[slot] == hash ? OptionalLong.of(slots[slot + 1]) : OptionalLong.empty();
  }

  void put(WorkKey key, long number) {
    if (size * 4 >= slots.length / PAIR * 3) {
      grow();
    }
    long hash = hash(key);
    int slot = slot(slots, hash);
    size += slots[slot] == 0 ? 1 : 0;
    slots[slot] = hash;
    slots[slot + 1] = number;
  }

  void remove(WorkKey key) {
    int slot = slot(slots, hash(key));
    if (slots[slot] == 0) {
      return;
    }
    slots[slot] = 0;
    size--;
    // What was put behind it for want of a place may have one nearer now.
    for (int next = next(slots, slot); slots[next] != 0; next = next(slots, next)) {
      long hash = slots[next];
      slots[next] = 0;
      int nearer = slot(slots, hash);
      slots[nearer] = hash;
      slots[nearer + 1] = slots[next + 1];
    }
  }

  int size() {
    return size;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (int i = 0; i < slots.length; i += PAIR) {
      if (slots[i] != 0) {
        int slot = slot(larger, slots[i]);
        larger[slot] = slots[i];
        larger[slot + 1] = slots[i + 1];
      }
    }
    slots = larger;
  }

  private long hash(WorkKey key) {
    long hash = function.hashString(key.toString(), StandardCharsets.UTF_8).asLong();
    return hash == 0 ? 1 : hash;
  }

  /** Where the hash is, or would be put. */
  private static int slot(long[] table, long hash) {
    int slot = (int) Long.remainderUnsigned(hash, table.length / PAIR) * PAIR;
    while (table[slot] != 0 && table[slot] != hash) {
      slot = next(table, slot);
    }
    return slot;
  }

  private static int next(long[] table, int slot) {
    return (slot + PAIR) % table.length;
  }
}
