package io.kcp.upstream.testkit.http;

import java.util.Map;

/** The way back to the client. Exactly one of {@link #send} and {@link #stream} is called, once. */
public interface HttpAnswer {
  /** Answers whole, with a Content-Length. */
  void send(int status, Map<String, String> headers, byte[] body);

  /** Sends status and headers at once, and leaves the body open: chunks follow. */
  HttpStream stream(int status, Map<String, String> headers);
}
