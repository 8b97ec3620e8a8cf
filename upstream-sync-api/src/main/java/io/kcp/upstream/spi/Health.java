package io.kcp.upstream.spi;

public enum Health {
  HEALTHY,
  PROGRESSING,
  DEGRADED,
  SUSPENDED,
  MISSING,
  UNKNOWN
}
