package io.kcp.upstream.transform;

import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Optional;

/**
 * What one physical object should be upstream.
 *
 * @param object without status, with our label and annotations; no UID and no resourceVersion
 * @param status the physical status, where the type has one upstream: an object that holds nothing
 *     but {@code status}
 * @param physicalUid of the object that it was made from
 * @param physicalVersion the resourceVersion of the object that it was made from
 * @param transformers the names of those that acted, in order
 */
public record Desired(
    SyncedType type,
    ObjectKey physical,
    ObjectKey upstream,
    ObjectTree object,
    Optional<ObjectTree> status,
    String physicalUid,
    String physicalVersion,
    List<String> transformers) {
  public Desired {
    transformers = List.copyOf(transformers);
  }
}
