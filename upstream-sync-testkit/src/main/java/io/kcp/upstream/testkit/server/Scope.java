package io.kcp.upstream.testkit.server;

/**
 * The part of a resource's objects that a list, a watch or a delete of a collection is about.
 *
 * @param cluster the logical cluster's name, or {@link #ALL_CLUSTERS}
 * @param namespace "" for all
 */
record Scope(String cluster, String namespace) {
  static final String ALL_CLUSTERS = "*";

  boolean holds(ObjectKey key) {
    return (cluster.equals(ALL_CLUSTERS) || cluster.equals(key.cluster()))
        && (namespace.isEmpty() || namespace.equals(key.namespace()));
  }

  /** The least key that may be in this scope. */
  ObjectKey first() {
    return new ObjectKey(cluster.equals(ALL_CLUSTERS) ? "" : cluster, namespace, "");
  }

  /** Whether no key from this one on is in the scope. */
  boolean isPast(ObjectKey key) {
    if (cluster.equals(ALL_CLUSTERS)) {
      return false;
    }
    return !cluster.equals(key.cluster())
        || (!namespace.isEmpty() && !namespace.equals(key.namespace()));
  }
}
