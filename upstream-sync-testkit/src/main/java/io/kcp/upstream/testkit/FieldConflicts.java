package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.FieldConflict;

/**
 * Conflicts made by hand, without a server, for tests of a strategy: {@code
 * FieldConflicts.on("spec.replicas").physical(3L).upstream(5L).build()}.
 */
public final class FieldConflicts {
  private FieldConflicts() {}

  /**
   * Begins a conflict on this field of the Deployment {@code shop/web}, absent on both sides, both
   * changes {@link Change#EDITED}, the other manager {@code kubectl}.
   *
   * @param path a field path, as {@code spec.replicas}
   * @throws IllegalArgumentException when the text is no path
   */
  public static Builder on(String path) {
    return new HandmadeConflict.Draft(path);
  }

  /** A conflict being made. */
  public interface Builder {
    /** The physical side's value; absent when it is not called. */
    Builder physical(Object value);

    /** Upstream's value; absent when it is not called. */
    Builder upstream(Object value);

    /** What each side did since the last apply. Default: EDITED, EDITED. */
    Builder changes(Change physical, Change upstream);

    /**
     * The other manager that owns the field upstream, instead of kubectl; called again, one more.
     */
    Builder by(String manager);

    /** The conflict; its two objects hold the two values at the path. */
    FieldConflict build();
  }
}
