package io.kcp.upstream.sync;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import java.util.List;

/**
 * The ownership mark of one SyncTarget.
 *
 * @param label its key on upstream objects
 */
record Mark(String label) {
  static Mark of(String targetKey) {
    return new Mark(SyncKeys.STATE_LABEL_PREFIX + targetKey);
  }

  boolean isOn(ObjectTree upstream) {
    return SyncKeys.STATE_UPSYNC.equals(upstream.labels().get(label));
  }

  static boolean isFrozen(ObjectTree object) {
    return SyncKeys.SYNC_DISABLED.equals(object.annotations().get(SyncKeys.SYNC));
  }

  static boolean isBeingDeleted(ObjectTree object) {
    return object.string("metadata.deletionTimestamp").isPresent();
  }

  /** Who has to agree before it is gone. */
  static List<String> finalizers(ObjectTree object) {
    Object listed =
        object.tree("metadata").map(metadata -> metadata.asMap().get("finalizers")).orElse(null);
    return listed instanceof List<?> all ? all.stream().map(Object::toString).toList() : List.of();
  }

  static String uid(ObjectTree object) {
    return object.string("metadata.uid").orElse("");
  }

  static String version(ObjectTree object) {
    return object.string("metadata.resourceVersion").orElse("");
  }

  /** The UID of the physical object that a copy was made from; "" where it says none. */
  static String physicalUid(ObjectTree upstream) {
    return upstream.annotations().getOrDefault(SyncKeys.PHYSICAL_UID, "");
  }
}
