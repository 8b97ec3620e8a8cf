package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.GroupResource;
import java.util.Map;

/**
 * The resources that a SyncTarget selects.
 *
 * @param synced served by both sides in a common version; paused ones are among them, see {@link
 *     Selection#paused(GroupResource, java.time.Instant)}
 * @param leftOut selected, but not to be synced now, and why
 */
public record TypeSet(Map<GroupResource, SyncedType> synced, Map<GroupResource, LeftOut> leftOut) {
  /**
   * Why a selected type is not synced now.
   *
   * @param state as in {@code status.upstreamSync.resources[].state}: Incompatible, NotServed,
   *     Stale
   * @param reason CamelCase
   */
  public record LeftOut(String state, String reason, String message) {}

  public TypeSet {
    synced = Map.copyOf(synced);
    leftOut = Map.copyOf(leftOut);
  }
}
