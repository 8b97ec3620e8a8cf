package io.kcp.upstream.spi;

public enum Side {
  PHYSICAL,
  UPSTREAM
}
