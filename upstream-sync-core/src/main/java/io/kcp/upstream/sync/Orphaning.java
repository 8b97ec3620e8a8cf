package io.kcp.upstream.sync;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lets go of a copy: it stays as it is, less our mark, our annotations and our ownership. */
final class Orphaning {
  private static final List<String> ANNOTATIONS =
      List.of(
          SyncKeys.PHYSICAL_VERSION,
          SyncKeys.PHYSICAL_UID,
          SyncKeys.WORKSPACE,
          SyncKeys.BASE,
          SyncKeys.YIELDED,
          SyncKeys.SETTLED,
          SyncKeys.HEALTH,
          SyncKeys.ROLLUP);

  private Orphaning() {}

  static List<Map<String, Object>> of(ObjectTree copy, Mark mark, FieldManagers managers) {
    List<Map<String, Object>> operations = new ArrayList<>(JsonPatch.removal(copy, ours(mark)));
    operations.add(JsonPatch.replace("/metadata/managedFields", others(copy, managers)));
    return operations;
  }

  /** The label and annotations that a copy has of us. */
  static List<FieldPath> ours(Mark mark) {
    List<FieldPath> ours = new ArrayList<>();
    ours.add(FieldPath.of("metadata", "labels", mark.label()));
    ANNOTATIONS.forEach(key -> ours.add(FieldPath.of("metadata", "annotations", key)));
    return ours;
  }

  private static List<Object> others(ObjectTree copy, FieldManagers managers) {
    List<Object> others = new ArrayList<>();
    for (ObjectTree entry : copy.items("metadata.managedFields")) {
      String manager = entry.string("manager").orElse("");
      if (!manager.equals(managers.main()) && !manager.equals(managers.status())) {
        others.add(entry.asMap());
      }
    }
    if (others.isEmpty()) {
      others.add(Map.of()); // an empty list would leave the entries as they are
    }
    return others;
  }
}
