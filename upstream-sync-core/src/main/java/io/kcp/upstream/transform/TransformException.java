package io.kcp.upstream.transform;

import org.jspecify.annotations.Nullable;

/** One object can't be transformed until it, or the transformer named in the message, changes. */
public final class TransformException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;
  private final boolean transientFault;

  public TransformException(String reason, String message, @Nullable Throwable cause) {
    this(reason, message, cause, false);
  }

  TransformException(
      String reason, String message, @Nullable Throwable cause, boolean transientFault) {
    super(message, cause);
    this.reason = reason;
    this.transientFault = transientFault;
  }

  /** CamelCase, such as {@code TransformerFailed}. */
  public String reason() {
    return reason;
  }

  /** Whether the same object may pass at another try: a transformer was too slow. */
  public boolean isTransient() {
    return transientFault;
  }
}
