package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.FieldPath;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What earlier passes decided, and whether it still stands. A decision stands while the physical
 * value is the one that was decided on. A field that was left to upstream is the physical side's
 * again, unasked, once nobody holds it there.
 */
final class Standing {
  /**
   * Before the hash of a field that was left to upstream while it was absent there; no hash begins
   * so.
   */
  static final String ABSENT = "!";

  private final Sides sides;
  private final NavigableMap<FieldPath, String> yielded = new TreeMap<>();
  private final NavigableMap<FieldPath, String> settled = new TreeMap<>();
  private final Set<FieldPath> again = new TreeSet<>();
  private final Set<FieldPath> freed = new TreeSet<>();

  Standing(Sides sides) {
    this.sides = sides;
    sides.yielded().all().forEach(this::yielded);
    sides.settled().all().forEach(this::settled);
  }

  private void yielded(FieldPath field, String note) {
    boolean there = sides.upstream(field) != null;
    boolean leftAbsent = note.startsWith(ABSENT);
    if (there ? sides.othersOf(field).isEmpty() : !leftAbsent) {
      freed.add(field);
      return;
    }
    String hash = leftAbsent ? note.substring(ABSENT.length()) : note;
    if (!hash.equals(sides.physicalHash(field))) {
      again.add(field);
    } else if (there || sides.physical(field) != null) {
      yielded.put(field, there ? hash : ABSENT + hash);
    }
  }

  private void settled(FieldPath field, String hash) {
    boolean there = sides.upstream(field) != null;
    if (there && sides.isOurs(field) && hash.equals(sides.physicalHash(field))) {
      settled.put(field, hash);
    } else {
      again.add(field);
    }
  }

  NavigableMap<FieldPath, String> yielded() {
    return yielded;
  }

  NavigableMap<FieldPath, String> settled() {
    return settled;
  }

  /** To be decided anew. */
  Set<FieldPath> again() {
    return again;
  }

  /** A person speaks about a field: if it was decided, it is decided anew. */
  void reopen(FieldPath field) {
    if (yielded.containsKey(field) || settled.containsKey(field)) {
      yielded.remove(field);
      settled.remove(field);
      again.add(field);
    }
  }

  /** Whether there is nothing to ask about a field. */
  boolean covers(FieldPath field) {
    return isBelow(field, yielded.keySet())
        || isBelow(field, settled.keySet())
        || isBelow(field, freed);
  }

  private static boolean isBelow(FieldPath field, Set<FieldPath> tops) {
    return tops.stream().anyMatch(field::startsWith);
  }
}
