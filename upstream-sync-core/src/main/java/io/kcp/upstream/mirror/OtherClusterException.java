package io.kcp.upstream.mirror;

/** Another cluster answers at the address than the one that was mirrored. */
public final class OtherClusterException extends Exception {
  private static final long serialVersionUID = 1;

  public OtherClusterException(String message) {
    super(message);
  }
}
