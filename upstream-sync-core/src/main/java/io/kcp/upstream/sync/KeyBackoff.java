package io.kcp.upstream.sync;

import io.kcp.upstream.wire.Backoff;
import io.kubernetes.client.extended.workqueue.ratelimiter.RateLimiter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Waits that grow with each failure of a key. In place of {@code
 * ItemExponentialFailureRateLimiter}, whose wait falls back to the first one at failure 65 (it
 * shifts a long by the number of failures), which has no jitter, and which makes an entry for each
 * key that is only asked about.
 */
public final class KeyBackoff implements RateLimiter<WorkKey> {
  private final Map<WorkKey, Integer> failures = new ConcurrentHashMap<>();
  private final Backoff backoff;

  public KeyBackoff(Backoff backoff) {
    this.backoff = backoff;
  }

  @Override
  public Duration when(WorkKey key) {
    return backoff.after(
        failures.merge(key, 1, (old, one) -> old == Integer.MAX_VALUE ? old : old + one));
  }

  @Override
  public void forget(WorkKey key) {
    failures.remove(key);
  }

  @Override
  public int numRequeues(WorkKey key) {
    return failures.getOrDefault(key, 0);
  }
}
