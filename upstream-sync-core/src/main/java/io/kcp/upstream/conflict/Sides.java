package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.FieldTypeException;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.FieldSets;
import io.kcp.upstream.transform.Owned;
import io.kcp.upstream.transform.OwnedFields;
import io.kcp.upstream.transform.SyncKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What each side of a dispute holds, who owns it, and what each side did since our last apply. */
final class Sides {
  private final Dispute dispute;
  private final ValueHashes hashes;
  private final FieldSet ours;
  private final NavigableMap<FieldPath, Set<String>> others = new TreeMap<>();
  private final FieldNotes now;
  private final Base base;

  Sides(Dispute dispute, String manager, ValueHashes hashes) {
    this.dispute = dispute;
    this.hashes = hashes;
    this.ours = dispute.ours().map(Owned::fields).orElseGet(FieldSet::of);
    this.now = leaves(dispute.desired(), hashes, field -> true);
    this.base = Base.of(copy(), dispute.live(), hashes);
    for (OwnedFields.Entry entry : OwnedFields.entries(dispute.live())) {
      if (!entry.manager().equals(manager)) {
        entry
            .fields()
            .forEach(
                field -> others.computeIfAbsent(field, f -> new TreeSet<>()).add(entry.manager()));
      }
    }
  }

  /** The hash of every field, of those asked for, that an apply of the object would own. */
  static FieldNotes leaves(Desired desired, ValueHashes hashes, Predicate<FieldPath> wanted) {
    Map<FieldPath, String> leaves = new HashMap<>();
    FieldPath last = FieldPath.of();
    for (FieldPath field : FieldSets.of(desired.object(), desired.type().schema())) {
      if (field.startsWith(last) && leaves.containsKey(last)) {
        leaves.put(last, hashes.hash(desired.upstream(), last, null)); // an item or map as such
      }
      if (OwnFields.isOwn(field)) {
        continue;
      }
      if (wanted.test(field)) {
        Object value = value(desired.object(), field);
        leaves.put(field, hashes.hash(desired.upstream(), field, value));
      }
      last = field;
    }
    return new FieldNotes(leaves);
  }

  Dispute dispute() {
    return dispute;
  }

  ObjectKey copy() {
    return dispute.desired().upstream();
  }

  FieldNotes now() {
    return now;
  }

  Base base() {
    return base;
  }

  @Nullable Object physical(FieldPath field) {
    return value(dispute.desired().object(), field);
  }

  @Nullable Object upstream(FieldPath field) {
    return value(dispute.live(), field);
  }

  private static @Nullable Object value(ObjectTree object, FieldPath field) {
    try {
      return object.get(field).orElse(null);
    } catch (FieldTypeException e) {
      return null; // another type of value stands where the field would be
    }
  }

  /** The hash of the physical value, as decisions are noted with. */
  String physicalHash(FieldPath field) {
    return hashes.hash(copy(), field, physical(field));
  }

  /** Who else owns the field or something below it. */
  Set<String> othersOf(FieldPath field) {
    Set<String> managers = new TreeSet<>(dispute.candidates().getOrDefault(field, Set.of()));
    for (Map.Entry<FieldPath, Set<String>> theirs : others.tailMap(field, true).entrySet()) {
      if (!theirs.getKey().startsWith(field)) {
        break; // a path sorts right before those below it
      }
      managers.addAll(theirs.getValue());
    }
    return managers;
  }

  /** Whether we own the field or something below it. */
  boolean isOurs(FieldPath field) {
    for (FieldPath own : ours) {
      if (own.startsWith(field)) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing at or below the field would go if we did not apply it. */
  boolean staysWithoutUs(FieldPath field) {
    for (FieldPath own : ours) {
      if (own.startsWith(field) && !others.containsKey(own)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the field is a map or item whose parts are decided one by one. */
  boolean isNode(FieldPath field) {
    return now.below(field).size() > 1;
  }

  /** By an earlier decision on the field where there is one, else by the base. */
  Change physicalChange(FieldPath field) {
    for (String annotation : List.of(SyncKeys.YIELDED, SyncKeys.SETTLED)) {
      String note =
          FieldNotes.read(dispute.live(), annotation).orElse(FieldNotes.NONE).all().get(field);
      if (note != null) {
        boolean same =
            note.equals(physicalHash(field)) || note.equals(Standing.ABSENT + physicalHash(field));
        return same ? Change.NONE : physical(field) == null ? Change.REMOVED : Change.EDITED;
      }
    }
    return base.change(now, field);
  }

  Change upstreamChange(FieldPath field) {
    if (ours.contains(field)) {
      return Change.NONE; // who changes a value takes it from its owners
    }
    boolean there = upstream(field) != null;
    Optional<Boolean> hadApplied =
        !base.isKnown() && dispute.untouched() ? Optional.of(false) : base.hadApplied(field);
    if (hadApplied.isEmpty()) {
      return Change.UNKNOWN;
    }
    if (hadApplied.get()) {
      return there ? Change.EDITED : Change.REMOVED;
    }
    return there ? Change.ADDED : Change.NONE;
  }
}
