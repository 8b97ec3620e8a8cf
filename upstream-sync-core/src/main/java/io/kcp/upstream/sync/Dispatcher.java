package io.kcp.upstream.sync;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Has the keys of one queue worked on by shared workers, at most so many at once: no thread of its
 * own, and each key a task of its own, so that syncers take turns. Safe for any thread.
 */
@SuppressWarnings("DoNotCallSuggester") // until it is built
public final class Dispatcher {

  /** What is done with one key. */
  public interface Work {
    /**
     * Called on a worker; {@link KeyQueue#done} follows in any case. What it throws is logged, and
     * the key added again rate limited.
     */
    void run(WorkKey key) throws InterruptedException;
  }

  public Dispatcher(KeyQueue queue, Executor workers, int atOnce, Work work) {}

  /** Begins to take keys. */
  public void start() {
    throw new UnsupportedOperationException("drafted");
  }

  /** At most so many at once from now on; 0 lets keys wait in the queue. */
  public void limit(int atOnce) {
    throw new UnsupportedOperationException("drafted");
  }

  /** How many keys are being worked on. */
  public int running() {
    throw new UnsupportedOperationException("drafted");
  }

  /**
   * Takes no more keys, for good, and waits for those being worked on; returns whether all ended in
   * time.
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    throw new UnsupportedOperationException("drafted");
  }
}
