package io.kcp.upstream.testkit.server;

import java.util.Comparator;

/**
 * Where an object is stored within its resource.
 *
 * @param cluster the logical cluster's name, "" on a plain server
 * @param namespace "" for cluster-scoped objects
 */
record ObjectKey(String cluster, String namespace, String name) implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::cluster)
          .thenComparing(ObjectKey::namespace)
          .thenComparing(ObjectKey::name);

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }
}
