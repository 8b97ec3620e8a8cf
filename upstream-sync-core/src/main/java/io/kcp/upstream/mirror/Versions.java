package io.kcp.upstream.mirror;

import com.google.common.primitives.Longs;

/** resourceVersions, which may be compared as integers where they are integers. */
final class Versions {
  private Versions() {}

  /** The version as a number, or -1 where it is none. */
  static long number(String version) {
    Long number = Longs.tryParse(version);
    return number == null || number < 0 ? -1 : number;
  }

  /** Whether {@code one} is known to be older than {@code other}. */
  static boolean older(String one, String other) {
    long a = number(one);
    long b = number(other);
    return a >= 0 && b >= 0 && a < b;
  }
}
