package io.kcp.upstream;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a syncer is in sync.
 *
 * @param engine null while the syncer stands by; throws when it has ended
 * @param stopped counted down when the syncer ends
 */
record InSyncWait(Supplier<@Nullable Engine> engine, CountDownLatch stopped) {
  private static final long LOOK_EVERY_MS = 10;

  void await(Duration limit) throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Engine now = engine.get();
      if (now != null && now.isInSync()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "not in sync after %s: %s".formatted(limit, now == null ? "standing by" : now.state()));
      }
      stopped.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }
  }
}
