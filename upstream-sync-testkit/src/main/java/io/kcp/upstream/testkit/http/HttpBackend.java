package io.kcp.upstream.testkit.http;

/**
 * What answers requests behind the HTTP layer: the in-memory API server, or a road to a real one.
 */
public interface HttpBackend extends AutoCloseable {
  /**
   * Answers one request through {@code answer}, at once or later from any thread (a watch). Called
   * on a thread of the HTTP layer; may block as long as the answer takes, but not for the life of a
   * watch.
   */
  void handle(HttpRequest request, HttpAnswer answer);

  @Override
  void close();
}
