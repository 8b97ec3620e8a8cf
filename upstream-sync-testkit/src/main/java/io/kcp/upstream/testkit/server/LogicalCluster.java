package io.kcp.upstream.testkit.server;

/**
 * One API surface with its own objects and CRDs: the whole of a plain server, or a workspace.
 *
 * @param name as in {@link ObjectKey#cluster()}; {@link Scope#ALL_CLUSTERS} for the view of all
 */
record LogicalCluster(String name, Registry registry) {
  boolean isAll() {
    return name.equals(Scope.ALL_CLUSTERS);
  }
}
