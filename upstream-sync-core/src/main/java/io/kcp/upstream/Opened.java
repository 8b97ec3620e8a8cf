package io.kcp.upstream;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.TargetKey;

/**
 * What the start found.
 *
 * @param target the SyncTarget as it was read, its spec valid
 * @param cluster the workspace's logical cluster, or the UID of its kube-system where it is no kcp
 * @param hashKey under which values are hashed into annotations
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never printed
record Opened(ObjectTree target, String cluster, TargetKey key, byte[] hashKey) {
  @Override
  public String toString() {
    return "SyncTarget " + target.name() + " in " + cluster;
  }
}
