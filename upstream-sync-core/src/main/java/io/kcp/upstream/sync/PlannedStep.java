package io.kcp.upstream.sync;

import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * What would be done to one object; the actions have the names of the public {@code Plan.Action}.
 *
 * @param upstream null when its namespace has no place upstream
 * @param fields which would be written, or wait for a decision; empty for the whole object
 */
public record PlannedStep(
    Action action,
    WorkKey physical,
    @Nullable ObjectKey upstream,
    FieldSet fields,
    String reason,
    String message) {
  /** What would be done. */
  public enum Action {
    CREATE,
    UPDATE,
    ADOPT,
    DELETE,
    HOLD_DELETE,
    CONFLICT,
    SKIP
  }
}
