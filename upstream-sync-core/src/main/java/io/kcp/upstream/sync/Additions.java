package io.kcp.upstream.sync;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the syncer says on a copy beyond what its physical object says, such as a workload's health.
 * Called on a worker; must be quick and, for the same state of the world, give the same. Who gives
 * something new for an object calls {@link Reconciler#reconsider}.
 */
@FunctionalInterface
public interface Additions {
  Additions NONE = (desired, physical, copy) -> desired;

  /**
   * The desired form with what is to be added.
   *
   * @param physical the object that it was made from
   * @param copy as it is upstream, if that is at hand
   */
  Desired added(Desired desired, ObjectTree physical, Supplier<Optional<ObjectTree>> copy);

  /**
   * How long a write of the desired form is to wait, so that a burst of changes of a status is few
   * writes; empty for not at all. Asked only while the copy is as we left it, or is none.
   *
   * @param isThere whether there is a copy
   */
  default Optional<Duration> early(WorkKey key, Desired desired, boolean isThere) {
    return Optional.empty();
  }

  /** Whether this object is to be looked at again soon, so that its content is worth its room. */
  default boolean awaits(WorkKey key) {
    return false;
  }

  /** The copy is as desired, or can't be made so as long as nothing changes. */
  default void written(WorkKey key, Desired desired) {}

  /**
   * A status without the condition that was added to it, for a workspace that refuses it with it;
   * empty where none was.
   */
  default Optional<ObjectTree> withoutCondition(ObjectTree status) {
    return Optional.empty();
  }

  /** The workspace takes the status of this one without what was added, and refuses it with it. */
  default void conditionRefused(Desired desired) {}

  /** The desired form without the annotations that were added; empty where none were. */
  default Optional<Desired> withoutWords(Desired desired) {
    return Optional.empty();
  }

  /** The workspace takes this object without the annotations that were added alone. */
  default void wordsRefused(WorkKey key) {}

  /** Whether the physical object is out of sight, and that is to be said on its copy. */
  default boolean isBlind(WorkKey key) {
    return false;
  }

  /** What is to be said then. */
  default Optional<Words> blind(WorkKey key) {
    return Optional.empty();
  }

  /**
   * What is said on a copy.
   *
   * @param condition said only where a condition of its type was said before
   */
  record Words(Map<String, String> annotations, Map<String, Object> condition) {}
}
