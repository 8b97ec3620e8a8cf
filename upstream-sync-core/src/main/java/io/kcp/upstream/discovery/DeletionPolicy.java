package io.kcp.upstream.discovery;

import java.time.Duration;

/**
 * {@code spec.upstreamSync.deletion}.
 *
 * @param orphan copies stay, without our mark, instead of being deleted
 * @param maxPercent of the copies of one resource
 */
public record DeletionPolicy(boolean orphan, int maxCount, int maxPercent, Duration window) {
  private static final long ALWAYS_ALLOWED = 10;

  /** How many of {@code copies} copies of one resource may go in one window. */
  public long budget(long copies) {
    long share = (copies * maxPercent + 99) / 100; // rounded up
    return Math.min(maxCount, Math.max(ALWAYS_ALLOWED, share));
  }
}
