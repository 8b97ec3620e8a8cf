package com.example.plugins;

import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.Decision;
import io.kcp.upstream.spi.FieldConflict;

/** Of two whole numbers the higher one stays, such as replicas that an autoscaler raised. */
public class HighestWins implements ConflictStrategy {
  @Override
  public String name() {
    return "acme.example.com/highest-wins";
  }

  @Override
  public boolean needsBase() {
    return false;
  }

  @Override
  public Decision resolve(FieldConflict conflict) {
    if (!(conflict.physicalValue() instanceof Long ours)
        || !(conflict.upstreamValue() instanceof Long theirs)) {
      return Decision.unresolved("NotIntegers");
    }
    return theirs > ours ? Decision.keepUpstream() : Decision.takePhysical();
  }
}
