package io.kcp.upstream.conflict;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectKey;
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
  private final FieldNotes yielded;
  private final FieldNotes settled;

  Sides(Dispute dispute, String manager, ValueHashes hashes) {
    this.dispute = dispute;
    this.hashes = hashes;
    this.ours = dispute.ours().map(Owned::fields).orElseGet(FieldSet::of);
    this.now = leaves(dispute.desired(), hashes, field -> true);
    this.base = Base.of(copy(), dispute.live(), hashes);
    this.yielded = notes(SyncKeys.YIELDED);
    this.settled = notes(SyncKeys.SETTLED);
    for (OwnedFields.Entry entry : OwnedFields.entries(dispute.live())) {
      if (!entry.manager().equals(manager)) {
        entry
            .fields()
            .forEach(
                field -> others.computeIfAbsent(field, f -> new TreeSet<>()).add(entry.manager()));
      }
    }
  }

  private FieldNotes notes(String annotation) {
    return FieldNotes.read(dispute.live(), annotation).orElse(FieldNotes.NONE);
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
        Object value = FieldNotes.value(desired.object(), field);
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

  /** Left to upstream by earlier passes. */
  FieldNotes yielded() {
    return yielded;
  }

  /** Given a value of a strategy's own by earlier passes. */
  FieldNotes settled() {
    return settled;
  }

  @Nullable Object physical(FieldPath field) {
    return FieldNotes.value(dispute.desired().object(), field);
  }

  @Nullable Object upstream(FieldPath field) {
    return FieldNotes.value(dispute.live(), field);
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

  /** Whether both sides have a map, list or item there whose parts are decided one by one. */
  boolean isNode(FieldPath field) {
    Object one = physical(field);
    Object other = upstream(field);
    MergeSchema.Merge merge = merge(field);
    boolean list = merge == MergeSchema.Merge.LIST_MAP || merge == MergeSchema.Merge.SET;
    boolean map = merge == MergeSchema.Merge.FIELDS || merge == MergeSchema.Merge.DEDUCED;
    return (map && one instanceof Map && other instanceof Map)
        || (list && one instanceof List && other instanceof List);
  }

  /** Maps that are empty here and keep others' parts there: to apply them would say nothing. */
  List<FieldPath> emptyBesideOthers(Set<FieldPath> removed) {
    return now.all().keySet().stream()
        .filter(field -> physical(field) instanceof Map<?, ?> map && map.isEmpty())
        .filter(field -> size(upstream(field)) > 0 && isNode(field))
        .filter(
            field ->
                others.tailMap(field, true).keySet().stream()
                    .takeWhile(theirs -> theirs.startsWith(field))
                    .anyMatch(theirs -> removed.stream().noneMatch(theirs::startsWith)))
        .toList();
  }

  private MergeSchema.Merge merge(FieldPath field) {
    MergeSchema schema = dispute.desired().type().schema();
    for (FieldPath.Element element : field.elements()) {
      schema =
          element instanceof FieldPath.Field named ? schema.field(named.name()) : schema.items();
    }
    return schema.merge();
  }

  /** A field that goes, with the maps and lists that hold nothing else and are nobody's. */
  FieldPath withEmptied(FieldPath field) {
    FieldPath top = field;
    while (top.elements().size() > 1
        && physical(top.parent()) == null
        && !others.containsKey(top.parent())
        && size(upstream(top.parent())) == 1) {
      top = top.parent();
    }
    return top;
  }

  private static int size(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        ? map.size()
        : value instanceof List<?> list ? list.size() : 0;
  }

  /** By an earlier decision on the field where there is one, else by the base. */
  Change physicalChange(FieldPath field) {
    for (FieldNotes notes : List.of(yielded, settled)) {
      String note = notes.all().get(field);
      if (note != null) {
        boolean same =
            note.equals(physicalHash(field)) || note.equals(Standing.ABSENT + physicalHash(field));
        return same ? Change.NONE : physical(field) == null ? Change.REMOVED : Change.EDITED;
      }
    }
    return base.change(now, field);
  }

  /** Whether we own all that we had applied below the field. */
  private boolean isOursAsApplied(FieldPath field) {
    Set<FieldPath> applied = base.below(field);
    return !applied.isEmpty() && applied.stream().allMatch(ours::contains);
  }

  Change upstreamChange(FieldPath field) {
    if (ours.contains(field) || isOursAsApplied(field)) {
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
