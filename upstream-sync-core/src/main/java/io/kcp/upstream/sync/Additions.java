package io.kcp.upstream.sync;

import io.kcp.upstream.transform.Desired;

/**
 * What the syncer says on a copy beyond what its physical object says, such as a workload's health.
 * Called on a worker; must be quick and, for the same state of the world, give the same. Who gives
 * something new for an object calls {@link Reconciler#reconsider}.
 */
@FunctionalInterface
public interface Additions {
  Additions NONE = desired -> desired;

  Desired added(Desired desired);
}
