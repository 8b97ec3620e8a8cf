package io.kcp.upstream.sync;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entries of {@code metadata.managedFields}. */
final class ManagedFields {
  private static final String LIST = "metadata.managedFields";

  private ManagedFields() {}

  /**
   * The operation that makes {@code manager}'s entries for the object itself one entry of an apply,
   * as if it had applied {@code fields}; every other entry stays. A POST leaves an entry of the
   * kind Update, which an apply by the same manager would conflict with.
   */
  static List<Map<String, Object>> asApplied(ObjectTree object, String manager, FieldSet fields) {
    List<Object> entries = new ArrayList<>();
    Map<String, Object> ours = new LinkedHashMap<>();
    for (ObjectTree entry : object.items(LIST)) {
      if (isOurs(entry, manager)) {
        entry.string("time").ifPresent(time -> ours.putIfAbsent("time", time));
      } else {
        entries.add(entry.asMap());
      }
    }
    ours.put("manager", manager);
    ours.put("operation", "Apply");
    ours.put("apiVersion", object.apiVersion());
    ours.put("fieldsType", "FieldsV1");
    ours.put("fieldsV1", fields.toFieldsV1());
    entries.add(ours);
    return List.of(JsonPatch.replace("/metadata/managedFields", entries));
  }

  /**
   * The operation after which {@code manager} alone owns these fields and what is below them, by an
   * apply: the next one without them takes them away. Content and other entries stay.
   *
   * @param owned what it owns by an apply so far
   */
  static List<Map<String, Object>> taken(
      ObjectTree object, String manager, FieldSet owned, FieldSet fields) {
    FieldSet all = owned;
    List<Object> entries = new ArrayList<>();
    for (ObjectTree entry : object.items(LIST)) {
      FieldSet theirs =
          entry.tree("fieldsV1").map(f -> FieldSet.ofFieldsV1(f.asMap())).orElseGet(FieldSet::of);
      FieldSet lost = below(theirs, fields);
      if (isOurs(entry, manager) || lost.isEmpty()) {
        entries.add(entry.asMap());
        continue;
      }
      all = all.union(lost);
      FieldSet left = theirs.minus(lost);
      if (!left.isEmpty()) {
        Map<String, Object> less = new LinkedHashMap<>(entry.asMap());
        less.put("fieldsV1", left.toFieldsV1());
        entries.add(less);
      }
    }
    return asApplied(object.with(LIST, entries), manager, all);
  }

  private static FieldSet below(FieldSet theirs, FieldSet fields) {
    List<FieldPath> below = new ArrayList<>();
    for (FieldPath path : theirs) {
      for (FieldPath field : fields) {
        if (path.startsWith(field)) {
          below.add(path);
          break;
        }
      }
    }
    return FieldSet.of(below.toArray(FieldPath[]::new));
  }

  private static boolean isOurs(ObjectTree entry, String manager) {
    return entry.string("manager").orElse("").equals(manager)
        && entry.string("subresource").orElse("").isEmpty();
  }
}
