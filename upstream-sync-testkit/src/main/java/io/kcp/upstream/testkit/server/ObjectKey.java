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
          .thenComparing(ObjectKey::namespace, ObjectKey::comparePrefixes)
          .thenComparing(ObjectKey::name);

  /** Compares two namespaces as they stand in a path, with a slash behind them. */
  private static int comparePrefixes(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      if (left.charAt(i) != right.charAt(i)) {
        return left.charAt(i) - right.charAt(i);
      }
    }
    if (left.length() == right.length()) {
      return 0;
    }
    return left.length() < right.length() ? '/' - right.charAt(common) : left.charAt(common) - '/';
  }

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }
}
