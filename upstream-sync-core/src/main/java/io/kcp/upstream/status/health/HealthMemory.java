package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.Health;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps reports calm where health goes to and fro. A turn to the worse is reported when it has
 * lasted {@link HealthHold#worse}; one to the better at once, save for an object that flaps: it
 * must have been better for {@link HealthHold#better}. Until then the last report stands, whole,
 * and its {@code recheckAfter} says when to ask again.
 *
 * <p>At once, because no going to and fro can be behind them: the first report of an object; a new
 * generation, as somebody changed the object; what is finished, terminating, missing or suspended;
 * failures that a controller or the API has declared itself, such as a missed progress deadline.
 *
 * <p>It keeps what is on the move and nothing else: the last report of an object is the caller's to
 * keep. It has no clock and no thread. Thread-safe; who stops reporting an object forgets it.
 *
 * @param <K> what names an object
 */
public final class HealthMemory<K> {
  private final HealthHold hold;
  private final ConcurrentMap<K, Remembered> objects = new ConcurrentHashMap<>();

  /** Remembers nothing yet. */
  public HealthMemory(HealthHold hold) {
    this.hold = hold;
  }

  /**
   * What to report of an object.
   *
   * @param last what the caller reported of it last; null for nothing
   * @param generation its {@code metadata.generation}, 0 where it has none
   * @param fresh what was found just now
   */
  public Assessment report(
      K key, @Nullable Reported last, long generation, Assessment fresh, Instant now) {
    Remembered[] next = new Remembered[1];
    objects.compute(
        key,
        (same, known) -> {
          Remembered before = known == null && last != null ? Remembered.calm(last) : known;
          next[0] =
              before == null
                  ? Remembered.first(generation, fresh)
                  : before.next(generation, fresh, now, hold);
          return next[0].isCalm(now, hold) ? null : next[0];
        });
    return next[0].report(fresh, now, hold);
  }

  /** What was last reported is of no interest any more. */
  public void forget(K key) {
    objects.remove(key);
  }

  /** How many objects are on the move: of all others nothing is kept. */
  public int size() {
    return objects.size();
  }

  /** From good to bad; what is not known is the worst. */
  static int severity(Health health) {
    return switch (health) {
      case HEALTHY -> 0;
      case SUSPENDED -> 1;
      case PROGRESSING -> 2;
      case MISSING -> 3;
      case DEGRADED -> 4;
      case UNKNOWN -> 5;
    };
  }
}
