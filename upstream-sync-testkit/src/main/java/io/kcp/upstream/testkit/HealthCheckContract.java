package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.HealthCheck;
import io.kcp.upstream.spi.ObjectTree;
import java.util.stream.Stream;

/** What every {@link HealthCheck} must keep: extend it in the check's tests. */
public abstract class HealthCheckContract {
  /** For subclasses. */
  protected HealthCheckContract() {}

  /** A new instance of the check under test, equal in behaviour to any other. */
  protected abstract HealthCheck check();

  /** Objects of the kinds that the check is made for. */
  protected abstract Stream<ObjectTree> samples();
}
