package io.kcp.upstream.status.health;

import org.jspecify.annotations.Nullable;

/** A field that a rule needs says nothing; the message names it and what would be right. */
final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
