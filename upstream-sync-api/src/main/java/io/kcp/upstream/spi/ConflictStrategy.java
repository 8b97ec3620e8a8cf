package io.kcp.upstream.spi;

/**
 * Decides fields on which the physical cluster and the workspace differ. Thread-safe: many workers
 * ask one instance. Its law: once the value that it decided for is upstream, asking again must keep
 * that value, else the strategy fights with itself.
 */
public interface ConflictStrategy {
  /**
   * Names the strategy, as SyncTargets and annotations refer to it.
   *
   * @return {@code [domain/]dns-label}, such as {@code acme.example.com/highest-wins}
   */
  String name();

  /**
   * Tells whether the strategy looks at what each side changed.
   *
   * @return false when it does not: then no base is remembered for it, and changes read {@link
   *     Change#UNKNOWN}; true by default
   */
  default boolean needsBase() {
    return true;
  }

  /**
   * Decides one field. Called on a worker; a call that throws, or takes longer than the host's
   * {@code timeouts.plugin}, leaves the field unresolved and is reported under the strategy's name.
   *
   * @param conflict the field, both values and what each side did
   * @return the decision, never null
   */
  Decision resolve(FieldConflict conflict);
}
