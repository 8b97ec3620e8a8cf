package io.kcp.upstream.transform;

import org.jspecify.annotations.Nullable;

/** One object can't be transformed until it, or the transformer named in the message, changes. */
public final class TransformException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;

  public TransformException(String reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** CamelCase, such as {@code TransformerFailed}. */
  public String reason() {
    return reason;
  }
}
