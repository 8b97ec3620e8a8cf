package io.kcp.upstream.testkit.apply;

/** A patch can't be read or can't be applied. The message is the server's. */
public final class PatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;

  PatchException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The HTTP code: 400 (BadRequest), 413 (RequestEntityTooLarge), 422 (Invalid) or 500. */
  public int code() {
    return code;
  }
}
