package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The desired form that we last applied, as hashes: what the physical side has changed since. A
 * base that would be too large for an annotation has a hash per subtree instead; a field that was
 * undecided then has none.
 */
final class Base {
  static final int LIMIT = 32 * 1024;

  private static final String UNDECIDED = "?";
  private static final String SUBTREE = "~";

  private final ObjectKey copy;
  private final ValueHashes hashes;
  private final Optional<FieldNotes> then;

  private Base(ObjectKey copy, ValueHashes hashes, Optional<FieldNotes> then) {
    this.copy = copy;
    this.hashes = hashes;
    this.then = then;
  }

  /** The base that a copy carries; an unknown one where it carries none. */
  static Base of(ObjectKey copy, ObjectTree live, ValueHashes hashes) {
    return new Base(copy, hashes, FieldNotes.read(live, SyncKeys.BASE));
  }

  boolean isKnown() {
    return then.isPresent();
  }

  /** What the physical side did to a field, whose present form is in {@code now}. */
  Change change(FieldNotes now, FieldPath field) {
    if (then.isEmpty()) {
      return Change.UNKNOWN;
    }
    Optional<FieldPath> above = above(then.get(), field);
    if (above.isPresent()) {
      String whole = subtree(now, above.get());
      return whole.equals(then.get().all().get(above.get())) ? Change.NONE : Change.UNKNOWN;
    }
    NavigableMap<FieldPath, String> before = then.get().below(field);
    NavigableMap<FieldPath, String> after = likewise(before, now, now.below(field));
    if (before.containsValue(UNDECIDED)) {
      return Change.UNKNOWN;
    }
    if (before.equals(after)) {
      return Change.NONE;
    }
    return before.isEmpty() ? Change.ADDED : after.isEmpty() ? Change.REMOVED : Change.EDITED;
  }

  /** Whether we had applied the field, or something below it; empty when that can't be told. */
  Optional<Boolean> hadApplied(FieldPath field) {
    if (then.isEmpty() || above(then.get(), field).isPresent()) {
      return Optional.empty();
    }
    NavigableMap<FieldPath, String> before = then.get().below(field);
    return before.containsValue(UNDECIDED) ? Optional.empty() : Optional.of(!before.isEmpty());
  }

  /** What we had applied at and below a field, one by one; none where that can't be told. */
  Set<FieldPath> below(FieldPath field) {
    NavigableMap<FieldPath, String> before =
        then.isPresent() ? then.get().below(field) : new TreeMap<>();
    boolean told =
        before.values().stream().noneMatch(n -> n.startsWith(SUBTREE) || n.equals(UNDECIDED));
    return told ? before.keySet() : Set.of();
  }

  /** Fields that we had applied one by one, and that are not in {@code now}. */
  Set<FieldPath> dropped(FieldNotes now) {
    Set<FieldPath> dropped = new TreeSet<>();
    then.ifPresent(
        notes ->
            notes
                .all()
                .forEach(
                    (field, note) -> {
                      if (!note.startsWith(SUBTREE) && now.below(field).isEmpty()) {
                        dropped.add(field);
                      }
                    }));
    return dropped;
  }

  /** The base after {@code now} was applied without the undecided fields: those keep their past. */
  FieldNotes next(FieldNotes now, Set<FieldPath> undecided) {
    Map<FieldPath, String> next = new TreeMap<>(now.all());
    for (FieldPath field : undecided) {
      now.below(field).keySet().forEach(next::remove);
      boolean told = then.isPresent() && above(then.get(), field).isEmpty();
      if (told) {
        next.putAll(then.get().below(field));
      } else {
        next.put(field, UNDECIDED);
      }
    }
    return new FieldNotes(next);
  }

  /** The notes in at most {@link #LIMIT} bytes: subtrees are taken together, the deepest first. */
  FieldNotes fitted(FieldNotes notes) {
    FieldNotes fitted = notes;
    int depth = notes.all().keySet().stream().mapToInt(p -> p.elements().size()).max().orElse(0);
    while (depth > 1 && fitted.text().getBytes(StandardCharsets.UTF_8).length > LIMIT) {
      depth--;
      fitted = cut(notes, depth);
    }
    return fitted;
  }

  private FieldNotes cut(FieldNotes notes, int depth) {
    Map<FieldPath, String> cut = new TreeMap<>();
    notes
        .all()
        .forEach(
            (field, note) -> {
              FieldPath top = prefix(field, depth);
              if (top.equals(field)) {
                cut.put(field, note);
              } else {
                cut.put(top, SUBTREE);
              }
            });
    cut.replaceAll((field, note) -> note.equals(SUBTREE) ? subtree(notes, field) : note);
    return new FieldNotes(cut);
  }

  private static FieldPath prefix(FieldPath field, int depth) {
    FieldPath prefix = field;
    while (prefix.elements().size() > depth) {
      prefix = prefix.parent();
    }
    return prefix;
  }

  /** One hash for a field and all below it; {@link #UNDECIDED} where one of them is. */
  private String subtree(FieldNotes notes, FieldPath field) {
    Map<String, Object> below = new TreeMap<>();
    notes.below(field).forEach((path, note) -> below.put(path.toString(), note));
    return below.containsValue(UNDECIDED) ? UNDECIDED : SUBTREE + hashes.hash(copy, field, below);
  }

  /** {@code after}, with subtrees taken together where {@code before} has them so. */
  private NavigableMap<FieldPath, String> likewise(
      NavigableMap<FieldPath, String> before,
      FieldNotes now,
      NavigableMap<FieldPath, String> after) {
    before.forEach(
        (field, note) -> {
          if (note.startsWith(SUBTREE)) {
            now.below(field).keySet().forEach(after::remove);
            after.put(field, subtree(now, field));
          }
        });
    return after;
  }

  /** The subtree or undecided field that a field is a part of. */
  private static Optional<FieldPath> above(FieldNotes notes, FieldPath field) {
    FieldPath above = field;
    while (!above.elements().isEmpty()) {
      above = above.parent();
      String note = notes.all().get(above);
      if (note != null && (note.startsWith(SUBTREE) || note.equals(UNDECIDED))) {
        return Optional.of(above);
      }
    }
    return Optional.empty();
  }
}
