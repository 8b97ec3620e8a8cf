package io.kcp.upstream.mirror;

/**
 * Where in its cluster's history a mirror is. Written by the mirror's thread, {@link #expect}
 * apart; read by any.
 */
final class Position {
  private volatile String version = "";
  private volatile String highest = "";
  private volatile boolean known;

  /** Whether a watch can go on from here; else a list comes first. */
  boolean known() {
    return known;
  }

  /** What the next watch begins after; "" where the cluster gives none. */
  String version() {
    return version;
  }

  String highest() {
    return highest;
  }

  void expect(String seen) {
    raise(seen);
  }

  /** Whether a list of this version is one of a cluster that went back. */
  boolean isRewound(String listed) {
    return Versions.older(listed, highest);
  }

  /** A list was complete. */
  void listed(String listed) {
    if (isRewound(listed)) {
      highest = listed;
    }
    version = listed;
    known = true;
    raise(listed);
  }

  /** An event or a bookmark came, and with it all before it. */
  void reached(String seen) {
    if (!seen.isEmpty() && !Versions.older(seen, version)) {
      version = seen;
      raise(seen);
    }
  }

  /** The watch ended; without numbers for versions nobody can tell where it would go on. */
  void watchEnded() {
    if (Versions.number(version) <= 0) {
      lost();
    }
  }

  void lost() {
    known = false;
  }

  private void raise(String seen) {
    if (Versions.number(seen) > Versions.number(highest)) {
      highest = seen;
    }
  }
}
