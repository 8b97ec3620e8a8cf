package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.FieldTypeException;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an annotation of ours notes for fields: path to keyed hash. Immutable. */
public final class FieldNotes {
  static final FieldNotes NONE = new FieldNotes(new TreeMap<>());

  private final NavigableMap<FieldPath, String> notes;
  private volatile @Nullable String text; // made when it is first asked for

  FieldNotes(Map<FieldPath, String> notes) {
    this.notes = Collections.unmodifiableNavigableMap(new TreeMap<>(notes));
  }

  /** Fields that were left to upstream, as the copy says. */
  public static FieldSet yielded(ObjectTree copy) {
    return read(copy, SyncKeys.YIELDED).map(FieldNotes::fields).orElseGet(FieldSet::of);
  }

  /** Fields that have a value of a strategy's own, as the copy says. */
  public static FieldSet settled(ObjectTree copy) {
    return read(copy, SyncKeys.SETTLED).map(FieldNotes::fields).orElseGet(FieldSet::of);
  }

  /**
   * Fields that we had applied, that the copy still has, and that are ours no more: somebody took
   * them. Those that were left to upstream are not among them.
   */
  public static FieldSet taken(ObjectTree copy, FieldSet ours) {
    Optional<FieldNotes> base = read(copy, SyncKeys.BASE);
    if (base.isEmpty()) {
      return FieldSet.of();
    }
    FieldNotes yielded = read(copy, SyncKeys.YIELDED).orElse(NONE);
    List<FieldPath> taken = new ArrayList<>();
    for (FieldPath applied : base.get().all().keySet()) {
      FieldPath field = Reach.of(copy, applied);
      boolean left = yielded.all().keySet().stream().anyMatch(field::startsWith);
      if (!left && !ours.contains(field) && value(copy, field) != null) {
        taken.add(field);
      }
    }
    return FieldSet.of(taken.toArray(FieldPath[]::new));
  }

  /** A field's value; null also where another type of value stands where it would be. */
  public static @Nullable Object value(ObjectTree object, FieldPath field) {
    try {
      return object.get(field).orElse(null);
    } catch (FieldTypeException e) {
      return null; // there is no such field in what stands there
    }
  }

  /** Empty where there is no such annotation, or none that we can read. */
  static Optional<FieldNotes> read(ObjectTree copy, String annotation) {
    return Optional.ofNullable(copy.annotations().get(annotation)).flatMap(FieldNotes::parse);
  }

  private static Optional<FieldNotes> parse(String text) {
    try {
      Map<FieldPath, String> notes = new TreeMap<>();
      Json.readObject(text.getBytes(StandardCharsets.UTF_8))
          .forEach((path, hash) -> notes.put(FieldPath.parse(path), String.valueOf(hash)));
      return Optional.of(new FieldNotes(notes));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // as if it were not there: it is decided anew, and written again
    }
  }

  String text() {
    String made = text;
    if (made == null) {
      Map<String, Object> json = new TreeMap<>();
      notes.forEach((path, hash) -> json.put(path.toString(), hash));
      made = new String(Json.write(json), StandardCharsets.UTF_8);
      text = made;
    }
    return made;
  }

  NavigableMap<FieldPath, String> all() {
    return notes;
  }

  /** The notes for a field and for those below it. */
  NavigableMap<FieldPath, String> below(FieldPath field) {
    NavigableMap<FieldPath, String> below = new TreeMap<>();
    for (Map.Entry<FieldPath, String> note : notes.tailMap(field, true).entrySet()) {
      if (!note.getKey().startsWith(field)) {
        break; // a path sorts right before those below it
      }
      below.put(note.getKey(), note.getValue());
    }
    return below;
  }

  FieldNotes without(Set<FieldPath> fields) {
    Map<FieldPath, String> rest = new TreeMap<>(notes);
    rest.keySet().removeAll(fields);
    return new FieldNotes(rest);
  }

  boolean isEmpty() {
    return notes.isEmpty();
  }

  FieldSet fields() {
    return FieldSet.of(notes.keySet().toArray(FieldPath[]::new));
  }
}
