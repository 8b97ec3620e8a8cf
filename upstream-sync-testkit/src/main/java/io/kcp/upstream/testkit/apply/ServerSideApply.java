package io.kcp.upstream.testkit.apply;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Server-side apply: merges a manager's configuration into an object. */
public final class ServerSideApply {
  private ServerSideApply() {}

  /**
   * Returns the object after the apply, managed fields included; defaults and normal forms are the
   * caller's next step, then {@link ManagedFields#liveIfUnchanged}.
   *
   * @param live the stored object, null when there is none; it is never changed
   * @param config what the manager wants, with apiVersion, kind and metadata.name
   * @throws ApplyConflictException when another manager owns a field to be changed, unless {@code
   *     force}
   * @throws InvalidConfigException when {@code config} does not fit the schema
   */
  public static Map<String, Object> apply(
      @Nullable Map<String, Object> live,
      Map<String, Object> config,
      Manager manager,
      boolean force,
      Schema schema,
      Instant now) {
    return Stub.value();
  }
}
