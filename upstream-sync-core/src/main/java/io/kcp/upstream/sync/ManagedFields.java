package io.kcp.upstream.sync;

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

  private static boolean isOurs(ObjectTree entry, String manager) {
    return entry.string("manager").orElse("").equals(manager)
        && entry.string("subresource").orElse("").isEmpty();
  }
}
