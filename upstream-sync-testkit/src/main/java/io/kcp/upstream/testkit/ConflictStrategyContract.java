package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.FieldConflict;
import java.util.stream.Stream;

/** What every {@link ConflictStrategy} must keep: extend it in the strategy's tests. */
public abstract class ConflictStrategyContract {
  /** For subclasses. */
  protected ConflictStrategyContract() {}

  /** A new instance of the strategy under test, equal in behaviour to any other. */
  protected abstract ConflictStrategy strategy();

  /** Conflicts of the kind that the strategy is made for, beside the built-in ones. */
  protected Stream<FieldConflict> samples() {
    return Stream.empty();
  }
}
