package io.kcp.upstream.testkit.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a step for a key whenever something about it changes: on a worker, one at a time per key,
 * and once more when something changed meanwhile.
 */
final class Controller<K> {
  private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

  private enum State {
    QUEUED,
    RUNNING,
    DIRTY
  }

  private final Executor workers;
  private final Consumer<K> step;
  private final Map<K, State> keys = new ConcurrentHashMap<>();

  Controller(Executor workers, Consumer<K> step) {
    this.workers = workers;
    this.step = step;
  }

  void enqueue(K key) {
    State state =
        keys.merge(
            key, State.QUEUED, (old, queued) -> old == State.QUEUED ? State.QUEUED : State.DIRTY);
    if (state == State.QUEUED) {
      workers.execute(() -> run(key));
    }
  }

  private void run(K key) {
    if (!keys.replace(key, State.QUEUED, State.RUNNING)) {
      return; // queued twice: the other run does it
    }
    try {
      step.accept(key);
    } catch (ApiException e) {
      LOG.debug("{} changed meanwhile: {}", key, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("A controller of the in-memory server failed at {}", key, e);
    }
    Predicate<State> dirty = state -> state == State.DIRTY;
    State left = keys.computeIfPresent(key, (k, s) -> dirty.test(s) ? State.QUEUED : null);
    if (left != null) {
      workers.execute(() -> run(key));
    }
  }
}
