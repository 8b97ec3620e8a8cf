package io.kcp.upstream.spi;

/** How a resource does. */
public enum Health {
  /** It is what it should be. */
  HEALTHY,
  /** It is not there yet, and may get there. */
  PROGRESSING,
  /** It failed, or can't get there by itself. */
  DEGRADED,
  /** It was paused on purpose. */
  SUSPENDED,
  /** It should exist and does not. */
  MISSING,
  /** Nothing certain is known. */
  UNKNOWN
}
