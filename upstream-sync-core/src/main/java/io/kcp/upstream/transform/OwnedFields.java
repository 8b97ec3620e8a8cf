package io.kcp.upstream.transform;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Reads {@code metadata.managedFields}. */
public final class OwnedFields {
  /**
   * One entry of {@code managedFields}.
   *
   * @param subresource "" for the object itself
   */
  public record Entry(
      String manager, Owned.Operation operation, String subresource, FieldSet fields) {}

  private static final String ENTRIES = "metadata.managedFields";

  private OwnedFields() {}

  /**
   * What the manager owns: by its {@code Apply} entry, else by its {@code Update} entries together.
   *
   * @param subresource "" for the object itself
   */
  public static Optional<Owned> of(ObjectTree upstream, String manager, String subresource) {
    return of(upstream, manager, subresource, fields -> fields);
  }

  /**
   * What the manager owns of the object itself. An {@code Update} entry, which a POST leaves, is
   * read in the form that an apply of the same object would have left.
   */
  public static Optional<Owned> of(ObjectTree upstream, String manager, MergeSchema schema) {
    return of(upstream, manager, "", fields -> PostedFields.asApplied(fields, schema));
  }

  private static Optional<Owned> of(
      ObjectTree upstream,
      String manager,
      String subresource,
      UnaryOperator<Map<String, Object>> updates) {
    Optional<FieldSet> updated = Optional.empty();
    for (ObjectTree entry : upstream.items(ENTRIES)) {
      if (!entry.string("manager").orElse("").equals(manager)
          || !entry.string("subresource").orElse("").equals(subresource)) {
        continue;
      }
      if (operation(entry) == Owned.Operation.APPLY) {
        return Optional.of(new Owned(Owned.Operation.APPLY, fields(entry, f -> f)));
      }
      FieldSet fields = fields(entry, updates);
      updated = Optional.of(updated.map(before -> before.union(fields)).orElse(fields));
    }
    return updated.map(fields -> new Owned(Owned.Operation.UPDATE, fields));
  }

  private static Owned.Operation operation(ObjectTree entry) {
    return entry.string("operation").orElse("").equals("Apply")
        ? Owned.Operation.APPLY
        : Owned.Operation.UPDATE;
  }

  private static FieldSet fields(ObjectTree entry, UnaryOperator<Map<String, Object>> form) {
    return entry
        .tree("fieldsV1")
        .map(fields -> FieldSet.ofFieldsV1(form.apply(fields.asMap())))
        .orElseGet(FieldSet::of);
  }

  /** All entries, in their order. */
  public static List<Entry> entries(ObjectTree upstream) {
    List<Entry> entries = new ArrayList<>();
    for (ObjectTree entry : upstream.items(ENTRIES)) {
      entries.add(
          new Entry(
              entry.string("manager").orElse(""),
              operation(entry),
              entry.string("subresource").orElse(""),
              fields(entry, f -> f)));
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
