package io.kcp.upstream.wire;

import java.time.Duration;

/** Told of the requests to one cluster, on the thread that sent each; must be quick. */
public interface Traffic {
  /** A request waits for its turn; {@link #answered} follows, unless the thread is interrupted. */
  default void asking() {}

  /**
   * A request was answered, or will not be.
   *
   * @param code of the answer, {@link RequestException#NO_ANSWER} for none
   * @param throttled how long it waited for its turn
   * @param took from its turn to the end of the answer
   */
  void answered(ApiRequest request, int code, Duration throttled, Duration took);

  /** A watch was opened. */
  void watching();
}
