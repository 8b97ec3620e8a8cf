package io.kcp.upstream.transform;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code metadata.managedFields}. */
public final class OwnedFields {
  /**
   * One entry of {@code managedFields}.
   *
   * @param subresource "" for the object itself
   */
  public record Entry(
      String manager, Owned.Operation operation, String subresource, FieldSet fields) {}

  private OwnedFields() {}

  /**
   * What the manager owns: by its {@code Apply} entry, else by its {@code Update} entries together.
   *
   * @param subresource "" for the object itself
   */
  public static Optional<Owned> of(ObjectTree upstream, String manager, String subresource) {
    Optional<Owned> updated = Optional.empty();
    for (Entry entry : entries(upstream)) {
      if (!entry.manager().equals(manager) || !entry.subresource().equals(subresource)) {
        continue;
      }
      Owned owned = new Owned(entry.operation(), entry.fields());
      if (entry.operation() == Owned.Operation.APPLY) {
        return Optional.of(owned);
      }
      updated =
          Optional.of(
              updated
                  .map(
                      before ->
                          new Owned(before.operation(), before.fields().union(owned.fields())))
                  .orElse(owned));
    }
    return updated;
  }

  /** All entries, in their order. */
  public static List<Entry> entries(ObjectTree upstream) {
    List<Entry> entries = new ArrayList<>();
    for (ObjectTree entry : upstream.items("metadata.managedFields")) {
      entries.add(
          new Entry(
              entry.string("manager").orElse(""),
              entry.string("operation").orElse("").equals("Apply")
                  ? Owned.Operation.APPLY
                  : Owned.Operation.UPDATE,
              entry.string("subresource").orElse(""),
              entry
                  .tree("fieldsV1")
                  .map(fields -> FieldSet.ofFieldsV1(fields.asMap()))
                  .orElseGet(FieldSet::of)));
    }
    return entries;
  }

  /** Who else owns exactly this field, on whatever road. */
  public static Set<String> otherManagers(ObjectTree upstream, String manager, FieldPath field) {
    Set<String> others = new TreeSet<>();
    for (Entry entry : entries(upstream)) {
      if (!entry.manager().equals(manager) && entry.fields().contains(field)) {
        others.add(entry.manager());
      }
    }
    return others;
  }
}
