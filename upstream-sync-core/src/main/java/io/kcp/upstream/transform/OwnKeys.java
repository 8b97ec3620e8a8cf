package io.kcp.upstream.transform;

import io.kcp.upstream.spi.ObjectTree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Annotations of ours that are treated apart. */
final class OwnKeys {
  /** Annotations that ride along with a write and never cause one. */
  static final Set<String> BOOKKEEPING =
      Set.of(
          SyncKeys.PHYSICAL_VERSION,
          SyncKeys.BASE,
          SyncKeys.WORKSPACE,
          SyncKeys.YIELDED,
          SyncKeys.SETTLED);

  private static final String UPSTREAM_DOMAIN = "upstream.workload.kcp.io/";

  private OwnKeys() {}

  /** The annotations of ours that a person may put on a physical object. */
  static Map<String, String> annotations(ObjectTree object) {
    Map<String, String> own = new LinkedHashMap<>();
    object
        .annotations()
        .forEach(
            (key, value) -> {
              if (key.startsWith(UPSTREAM_DOMAIN)) {
                own.put(key, value);
              }
            });
    return own;
  }
}
