package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Map;

/**
 * Every write to the workspace. Each returns the object as the server then holds it, and throws
 * {@link io.kcp.upstream.wire.RequestException} when the server refuses.
 */
interface Writer {
  /** Whether nothing is written in truth. */
  default boolean isDry() {
    return false;
  }

  /** What follows takes over somebody else's object. */
  default void adopts() {}

  /** A new object; one that is there is refused with 409. */
  ObjectTree create(ResourceType type, ObjectTree body, String manager) throws InterruptedException;

  /**
   * A JSON patch of exactly the object that was looked at: 409 if it is another one by now, or
   * another version.
   */
  ObjectTree patch(
      ResourceType type, ObjectTree seen, List<Map<String, Object>> operations, String manager)
      throws InterruptedException;

  ObjectTree apply(Write write) throws InterruptedException;

  /** What {@link #apply} would give; nothing is written. */
  ObjectTree tryOut(Write write) throws InterruptedException;

  /** Deletes exactly the object that was looked at, its dependents by garbage collection. */
  void delete(ResourceType type, ObjectTree seen) throws InterruptedException;
}
