package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.Decision.KeepUpstream;
import io.kcp.upstream.spi.Decision.UseValue;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes one resolution of what stands and what was decided. */
final class Assembly {
  private final Sides sides;
  private final NavigableMap<FieldPath, String> yielded;
  private final NavigableMap<FieldPath, String> settled;
  private final Set<FieldPath> open = new TreeSet<>();
  private final Set<FieldPath> toRemove = new TreeSet<>();
  private final List<ConflictRecord> records = new ArrayList<>();
  private ObjectTree toApply;
  private boolean force;
  private Optional<Instant> lookAgain = Optional.empty();

  Assembly(Sides sides, Standing standing) {
    this.sides = sides;
    this.yielded = new TreeMap<>(standing.yielded());
    this.settled = new TreeMap<>(standing.settled());
    this.toApply = sides.dispute().desired().object();
    yielded.keySet().forEach(this::leaveOut);
    settled.keySet().forEach(this::repeat);
  }

  void force() {
    force = true;
  }

  /** A field that goes by a JSON patch. */
  void remove(FieldPath field) {
    toRemove.add(field);
  }

  void add(Ruling ruling, ConflictRecord record) {
    records.add(record);
    FieldPath field = ruling.question().path();
    if (ruling.isOpen()) {
      open.add(field);
      stay(field);
      ruling.heldUntil().ifPresent(this::lookAgain);
    } else if (ruling.decision() instanceof KeepUpstream) {
      keep(field);
    } else if (ruling.decision() instanceof UseValue use) {
      toApply = toApply.with(field.toString(), use.value());
      settled.put(field, sides.physicalHash(field));
      force |= !ruling.question().otherManagers().isEmpty();
    } else if (sides.physical(field) != null) {
      force |= !ruling.question().otherManagers().isEmpty();
    } else if (!ruling.question().otherManagers().isEmpty()) {
      toRemove.add(sides.withEmptied(field));
    }
  }

  private void lookAgain(Instant until) {
    lookAgain = lookAgain.filter(earlier -> earlier.isBefore(until)).or(() -> Optional.of(until));
  }

  /** Upstream's value stays: by itself if others hold it, else as a value that we repeat. */
  private void keep(FieldPath field) {
    String hash = sides.physicalHash(field);
    boolean there = sides.upstream(field) != null;
    boolean held = !sides.othersOf(field).isEmpty() && sides.staysWithoutUs(field);
    if (there && !held) {
      repeat(field);
      settled.put(field, hash);
    } else {
      leaveOut(field);
      yielded.put(field, there ? hash : Standing.ABSENT + hash);
    }
  }

  /** Nothing changes upstream at an open field. */
  private void stay(FieldPath field) {
    if (sides.upstream(field) != null && !sides.staysWithoutUs(field)) {
      repeat(field);
    } else {
      leaveOut(field);
    }
  }

  /** With what would be left empty for it: to own an empty map or list means something else. */
  private void leaveOut(FieldPath field) {
    if (FieldNotes.value(toApply, field) == null) {
      return;
    }
    FieldPath out = field;
    toApply = toApply.without(out.toString());
    while (out.elements().size() > 1 && isEmpty(FieldNotes.value(toApply, out.parent()))) {
      out = out.parent();
      toApply = toApply.without(out.toString());
    }
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        ? map.isEmpty()
        : value instanceof List<?> list && list.isEmpty();
  }

  private void repeat(FieldPath field) {
    Object value = sides.upstream(field);
    if (value != null) {
      toApply = toApply.with(field.toString(), value);
    }
  }

  /** Leaves out maps that are empty here while others keep parts there; tells which. */
  Set<FieldPath> withoutEmpty() {
    Set<FieldPath> empty = new TreeSet<>(sides.emptyBesideOthers(toRemove));
    empty.forEach(this::leaveOut);
    return empty;
  }

  Resolution build(FieldNotes base, List<String> problems) {
    note(SyncKeys.YIELDED, new FieldNotes(yielded));
    note(SyncKeys.SETTLED, new FieldNotes(settled));
    note(SyncKeys.BASE, base);
    return new Resolution(
        toApply,
        force,
        set(yielded.keySet()),
        set(settled.keySet()),
        set(open),
        set(toRemove),
        records,
        lookAgain,
        problems);
  }

  Set<FieldPath> open() {
    return open;
  }

  private void note(String annotation, FieldNotes notes) {
    if (!notes.isEmpty()) {
      String path = FieldPath.of("metadata", "annotations", annotation).toString();
      toApply = toApply.with(path, notes.text());
    }
  }

  private static FieldSet set(Collection<FieldPath> fields) {
    return FieldSet.of(fields.toArray(FieldPath[]::new));
  }
}
