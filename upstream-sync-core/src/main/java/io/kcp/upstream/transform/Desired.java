package io.kcp.upstream.transform;

import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one physical object should be upstream.
 *
 * @param object without status, with our label and annotations; no UID and no resourceVersion
 * @param status the physical status, where the type has one upstream: an object that holds nothing
 *     but {@code status}
 * @param origin which state of the physical object it was made from
 * @param directives annotations of ours on the physical object, such as {@link
 *     SyncKeys#CONFLICT_STRATEGY}: they are said to the syncer, and not carried up
 * @param transformers the names of those that acted, in order
 */
public record Desired(
    SyncedType type,
    ObjectKey physical,
    ObjectKey upstream,
    ObjectTree object,
    Optional<ObjectTree> status,
    Origin origin,
    Map<String, String> directives,
    List<String> transformers) {
  /**
   * One state of a physical object.
   *
   * @param generation 0 where the type has none
   */
  public record Origin(String uid, String resourceVersion, long generation) {}

  public Desired {
    directives = Map.copyOf(directives);
    transformers = List.copyOf(transformers);
  }

  public String physicalUid() {
    return origin.uid();
  }

  public String physicalVersion() {
    return origin.resourceVersion();
  }
}
