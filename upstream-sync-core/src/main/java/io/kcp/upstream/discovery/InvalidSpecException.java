package io.kcp.upstream.discovery;

/** A SyncTarget's spec can't be obeyed; the message names field, value and what would be right. */
public final class InvalidSpecException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InvalidSpecException(String field, Object value, String wanted) {
    super("%s is \"%s\"; it must be %s".formatted(field, value, wanted));
  }
}
