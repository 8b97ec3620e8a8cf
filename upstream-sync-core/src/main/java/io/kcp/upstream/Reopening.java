package io.kcp.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins from nothing in a workspace that is another one now, or was lost sight of: tries ever more
 * slowly, and never gives up by itself.
 *
 * @param stopped counted down when the syncer ends
 */
record Reopening(Setup setup, CountDownLatch stopped) {
  private static final Logger LOG = LoggerFactory.getLogger(Reopening.class);

  /** Empty when it is not wanted any more. */
  Optional<Opened> open(BooleanSupplier wanted, Consumer<String> waiting)
      throws InterruptedException {
    String last = "";
    for (int tries = 1; wanted.getAsBoolean(); tries++) {
      try {
        return Optional.of(new Opening(setup).open(true));
      } catch (SyncException e) {
        String why = String.valueOf(e.getMessage());
        waiting.accept(why);
        if (!why.equals(last)) {
          LOG.warn("SyncTarget {}: can't begin anew yet: {}", setup.syncTarget(), why);
          last = why;
        }
      }
      Duration wait = setup.backoff().after(tries);
      if (stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
