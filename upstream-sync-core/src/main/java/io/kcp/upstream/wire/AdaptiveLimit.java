package io.kcp.upstream.wire;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests may be in flight at once: half as many when the server shows that it has too
 * much to do, at least one; one more after as many good answers as there may be, at most what is
 * configured. Of the requests that were under way together only the first refused counts. Fair;
 * guarded by its lock.
 */
final class AdaptiveLimit {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition room = lock.newCondition();
  private final int most;
  private double limit;
  private int inFlight;
  private long round;

  AdaptiveLimit(int most) {
    this.most = most;
    this.limit = most;
  }

  /** Waits for a place. Returns the round it was taken in, which {@link #leave} is told. */
  long enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (inFlight >= (int) limit) {
        room.await();
      }
      inFlight++;
      if (inFlight < (int) limit) {
        room.signal(); // one that was woken for nothing passes it on
      }
      return round;
    } finally {
      lock.unlock();
    }
  }

  /** Gives the place back. {@code overloaded}: the server refused for lack of strength, or time. */
  void leave(long entered, boolean overloaded) {
    lock.lock();
    try {
      inFlight--;
      if (!overloaded) {
        limit = Math.min(most, limit + 1 / limit);
      } else if (entered == round) {
        limit = Math.max(1, limit / 2);
        round++;
      }
      if (inFlight < (int) limit) {
        room.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  int now() {
    lock.lock();
    try {
      return (int) limit;
    } finally {
      lock.unlock();
    }
  }
}
