package io.kcp.upstream.testkit.http;

/** An answer's body that is still being written. All methods may be called from any thread. */
public interface HttpStream {
  /**
   * Sends these bytes and flushes them; nothing happens once the stream is over. Never blocks on a
   * slow reader.
   */
  void write(byte[] chunk);

  /** Ends the body cleanly. */
  void end();

  /** Closes the connection in the middle of the body, so that the client sees no proper end. */
  void cut();

  /** Whether the stream is over: ended here, or left by the client. */
  boolean isOver();

  /** Runs {@code action} once the stream is over, at once if it is already. */
  void onOver(Runnable action);

  /**
   * Runs {@code action} once what was written has gone to the client, or the stream is over: for
   * whoever has more to write than should wait in memory. A stream that keeps nothing waiting runs
   * it at once.
   */
  default void onDrained(Runnable action) {
    action.run();
  }
}
