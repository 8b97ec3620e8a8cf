package io.kcp.upstream.sync;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.OwnedFields;
import java.util.HashSet;

/** Whether an answer to a dry run shows that the write would change nothing. */
final class Sameness {
  private static final String ENTRIES = "metadata.managedFields";

  private Sameness() {}

  static boolean same(ObjectTree tried, ObjectTree live) {
    return content(tried).equals(content(live))
        && new HashSet<>(OwnedFields.entries(tried))
            .equals(new HashSet<>(OwnedFields.entries(live)));
  }

  /** The object less what the server alone writes. */
  static ObjectTree content(ObjectTree object) {
    return object
        .without(ENTRIES)
        .without("metadata.resourceVersion")
        .without("metadata.generation");
  }

  static ObjectTree withoutEmpty(ObjectTree object, String... maps) {
    ObjectTree rest = object;
    for (String map : maps) {
      if (rest.tree(map).filter(tree -> tree.asMap().isEmpty()).isPresent()) {
        rest = rest.without(map);
      }
    }
    return rest;
  }
}
