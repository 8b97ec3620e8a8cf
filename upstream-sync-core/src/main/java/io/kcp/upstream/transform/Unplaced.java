package io.kcp.upstream.transform;

/**
 * Why a physical namespace has no place upstream.
 *
 * @param reason CamelCase
 */
public record Unplaced(Kind kind, String reason, String message) {
  /** What that means for what is in the namespace. */
  public enum Kind {
    /** It can't be told yet. */
    UNKNOWN,
    /** It belongs elsewhere, or nowhere. */
    NOT_SELECTED,
    /** It should have a place, and can't. */
    SKIPPED
  }
}
