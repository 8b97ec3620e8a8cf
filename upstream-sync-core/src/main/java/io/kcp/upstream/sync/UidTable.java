package io.kcp.upstream.sync;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which UID stands for which. In one array of numbers, since there is one pair for each object and
 * two texts would take four times as much; UIDs that are no UUIDs are kept as texts. Not safe for
 * threads.
 */
final class UidTable {
  private static final int PAIR = 4;
  private static final int SMALLEST = 64;
  private static final UUID NONE = new UUID(0, 0);

  private final Map<String, String> odd = new HashMap<>();

  /** Slots of four: the key's two halves and the value's; a key of zeros is an empty slot. */
  private long[] slots = new long[SMALLEST * PAIR];

  private int size;

  Optional<String> get(String key) {
    Optional<UUID> uuid = uuid(key);
    if (uuid.isPresent()) {
      int slot = slot(slots, uuid.get());
      if (isTaken(slots, slot)) {
        return Optional.of(new UUID(slots[slot + 2], slots[slot + 3]).toString());
      }
    }
    return Optional.ofNullable(odd.get(key));
  }

  void put(String key, String value) {
    Optional<UUID> from = uuid(key);
    Optional<UUID> to = uuid(value);
    if (from.isEmpty() || to.isEmpty()) {
      remove(key);
      odd.put(key, value);
      return;
    }
    odd.remove(key);
    if (size * 5L >= slots.length / PAIR * 4L) {
      slots = resized(slots.length / PAIR * 5 / 4 * PAIR); // doubled, half of it might lie idle
    }
    int slot = slot(slots, from.get());
    size += isTaken(slots, slot) ? 0 : 1;
    write(slots, slot, from.get(), to.get());
  }

  void remove(String key) {
    odd.remove(key);
    Optional<UUID> uuid = uuid(key);
    int slot = uuid.map(known -> slot(slots, known)).orElse(-1);
    if (slot < 0 || !isTaken(slots, slot)) {
      return;
    }
    clear(slot);
    size--;
    // What was put behind it for want of a place may have one nearer now.
    for (int next = next(slots, slot); isTaken(slots, next); next = next(slots, next)) {
      UUID from = new UUID(slots[next], slots[next + 1]);
      UUID to = new UUID(slots[next + 2], slots[next + 3]);
      clear(next);
      write(slots, slot(slots, from), from, to);
    }
  }

  int size() {
    return size + odd.size();
  }

  private long[] resized(int length) {
    long[] larger = new long[length];
    for (int i = 0; i < slots.length; i += PAIR) {
      if (isTaken(slots, i)) {
        UUID key = new UUID(slots[i], slots[i + 1]);
        write(larger, slot(larger, key), key, new UUID(slots[i + 2], slots[i + 3]));
      }
    }
    return larger;
  }

  private static int slot(long[] table, UUID key) {
    int slot = Integer.remainderUnsigned(mixed(key), table.length / PAIR) * PAIR;
    while (isTaken(table, slot)
        && (table[slot] != key.getMostSignificantBits()
            || table[slot + 1] != key.getLeastSignificantBits())) {
      slot = next(table, slot);
    }
    return slot;
  }

  /** UIDs need not be drawn by chance: every bit of one has to count. */
  private static int mixed(UUID key) {
    long bits = key.getMostSignificantBits() * 31 + key.getLeastSignificantBits();
    bits = (bits ^ (bits >>> 32)) * 0x9E3779B97F4A7C15L;
    return (int) (((bits ^ (bits >>> 29)) * 0xBF58476D1CE4E5B9L) >>> 32);
  }

  private static int next(long[] table, int slot) {
    return (slot + PAIR) % table.length;
  }

  private static boolean isTaken(long[] table, int slot) {
    return table[slot] != 0 || table[slot + 1] != 0;
  }

  private static void write(long[] table, int slot, UUID key, UUID value) {
    table[slot] = key.getMostSignificantBits();
    table[slot + 1] = key.getLeastSignificantBits();
    table[slot + 2] = value.getMostSignificantBits();
    table[slot + 3] = value.getLeastSignificantBits();
  }

  private void clear(int slot) {
    slots[slot] = 0;
    slots[slot + 1] = 0;
  }

  private static Optional<UUID> uuid(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      return uuid.equals(NONE) || !uuid.toString().equals(text)
          ? Optional.empty()
          : Optional.of(uuid);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
