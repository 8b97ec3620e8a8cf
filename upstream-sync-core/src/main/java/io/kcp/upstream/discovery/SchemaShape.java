package io.kcp.upstream.discovery;

import io.kcp.upstream.discovery.MergeSchema.Merge;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schema as its document says it, less what neither merging nor pruning needs.
 *
 * @param merge of a reference: DEDUCED for as it is where it leads, else instead of that
 * @param fields of a map or struct, those declared by name
 * @param others of a map or struct, all fields that are not declared by name
 * @param keepsUnknown whether fields stay that neither {@code fields} nor {@code others} declare;
 *     true for what is no map or struct
 * @param items of a list
 * @param keys of a LIST_MAP
 * @param standard the default
 * @param reference the name of the schema of the same document that this one stands for
 * @param embedded a whole object: {@code apiVersion, kind, metadata} stay, declared or not
 */
record SchemaShape(
    Merge merge,
    Map<String, SchemaShape> fields,
    @Nullable SchemaShape others,
    boolean keepsUnknown,
    @Nullable SchemaShape items,
    List<String> keys,
    @Nullable Object standard,
    @Nullable String reference,
    boolean embedded) {

  SchemaShape {
    fields = Map.copyOf(fields);
    keys = List.copyOf(keys);
  }

  private static SchemaShape leaf(Merge merge, @Nullable Object standard) {
    return new SchemaShape(merge, Map.of(), null, true, null, List.of(), standard, null, false);
  }

  static SchemaShape scalar(@Nullable Object standard) {
    return leaf(Merge.WHOLE, standard);
  }

  static SchemaShape untyped() {
    return leaf(Merge.DEDUCED, null);
  }

  static SchemaShape reference(String name, Merge merge, @Nullable Object standard) {
    return new SchemaShape(merge, Map.of(), null, true, null, List.of(), standard, name, false);
  }

  static SchemaShape list(Merge merge, List<String> keys, @Nullable SchemaShape items) {
    return new SchemaShape(merge, Map.of(), null, true, items, keys, null, null, false);
  }

  static SchemaShape map(Map<String, SchemaShape> fields, @Nullable SchemaShape others) {
    return new SchemaShape(Merge.FIELDS, fields, others, false, null, List.of(), null, null, false);
  }

  SchemaShape merging(Merge how) {
    return new SchemaShape(
        how, fields, others, keepsUnknown, items, keys, standard, reference, embedded);
  }

  SchemaShape keepingUnknown() {
    return new SchemaShape(merge, fields, others, true, items, keys, standard, reference, embedded);
  }

  SchemaShape embedding() {
    return new SchemaShape(
        merge, fields, others, keepsUnknown, items, keys, standard, reference, true);
  }

  /** The schema of a field by name; null where none is declared. */
  @Nullable SchemaShape field(String name) {
    SchemaShape declared = fields.get(name);
    return declared == null ? others : declared;
  }
}
