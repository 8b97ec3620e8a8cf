package io.kcp.upstream.testkit.apply;

/** The body of an apply is not acceptable. The message is the server's. */
public final class InvalidConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;

  InvalidConfigException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The HTTP code: 400 (reason BadRequest), or 500 without a reason. */
  public int code() {
    return code;
  }
}
