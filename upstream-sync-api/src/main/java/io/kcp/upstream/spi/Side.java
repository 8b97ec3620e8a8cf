package io.kcp.upstream.spi;

/** One of the two sides of a sync. */
public enum Side {
  /** The cluster in which resources really live. */
  PHYSICAL,
  /** The workspace that they are pulled up to. */
  UPSTREAM
}
