package io.kcp.upstream.status.health;

/** A health check gave no answer in time; the message says in which. */
public final class LateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LateException(String message) {
    super(message);
  }
}
