package io.kcp.upstream.testkit.http;

import java.util.Map;

/**
 * The way back to the client. Exactly one of {@link #send}, {@link #stream} and {@link #reset} is
 * called first, once.
 */
public interface HttpAnswer {
  /** Answers whole, with a Content-Length. */
  void send(int status, Map<String, String> headers, byte[] body);

  /** Sends status and headers at once, and leaves the body open: chunks follow. */
  HttpStream stream(int status, Map<String, String> headers);

  /**
   * Resets the connection (TCP RST) instead of answering, or in the middle of a stream; nothing
   * happens once the answer is complete.
   */
  void reset();
}
