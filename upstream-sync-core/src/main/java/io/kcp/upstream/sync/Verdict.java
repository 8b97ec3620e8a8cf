package io.kcp.upstream.sync;

/**
 * How one physical object stands; the names are those of the public {@code Explanation.Verdict}.
 */
public enum Verdict {
  SYNCED,
  PENDING,
  FAILED,
  CONFLICTING,
  SKIPPED,
  HELD,
  PAUSED,
  NOT_SELECTED,
  NOT_FOUND
}
