package io.kcp.upstream.sync;

import java.time.Duration;

/** What is to become of a key after a pass over it. */
public sealed interface Outcome {
  Finding finding();

  /** Only a change of either side brings the key back: the queue forgets it. */
  record Settled(Finding finding) implements Outcome {}

  /** It failed in a way that may pass: again after a wait that grows with each failure. */
  record Retry(Finding finding) implements Outcome {}

  /** Nothing failed, or it is known for how long it will: again after this time. */
  record RetryAfter(Finding finding, Duration delay) implements Outcome {}

  static Outcome settled(Finding finding) {
    return new Settled(finding);
  }

  static Outcome retry(Finding finding) {
    return new Retry(finding);
  }

  static Outcome retryAfter(Finding finding, Duration delay) {
    return new RetryAfter(finding, delay);
  }
}
