package io.kcp.upstream.spi;

/** What happened to a field on one side since the syncer last applied it. */
public enum Change {
  /** Nothing. */
  NONE,
  /** It was absent and has a value now. */
  ADDED,
  /** It has another value. */
  EDITED,
  /** It had a value and is absent now. */
  REMOVED,
  /** Nobody remembers what it was: counts as changed. */
  UNKNOWN
}
