package io.kcp.upstream.mirror;

/**
 * Asked, once an answer is there and before it is believed, whether the cluster is still the one
 * that it was: what another one holds must not be taken for a change of this one. Called on the
 * mirrors' own threads.
 */
@FunctionalInterface
public interface MirrorGuard {
  /**
   * Throws {@link io.kcp.upstream.wire.RequestException}, too, when it can't be told now.
   *
   * @throws OtherClusterException when it is another
   */
  void check() throws OtherClusterException, InterruptedException;
}
