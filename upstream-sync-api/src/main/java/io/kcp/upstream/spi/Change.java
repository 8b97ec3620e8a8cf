package io.kcp.upstream.spi;

public enum Change {
  NONE,
  ADDED,
  EDITED,
  REMOVED,
  UNKNOWN
}
