package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.FieldConflict;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One question, as a strategy gets it. */
record Asked(
    ObjectKey key,
    FieldPath path,
    Set<String> otherManagers,
    Map<String, String> parameters,
    boolean sensitive,
    @Nullable Object physicalValue,
    @Nullable Object upstreamValue,
    Change physicalChange,
    Change upstreamChange,
    ObjectTree physical,
    ObjectTree upstream,
    FieldSet inConflict)
    implements FieldConflict {

  /** The same question for a strategy that is told no changes. */
  Asked withoutChanges() {
    return with(parameters, Change.UNKNOWN, Change.UNKNOWN);
  }

  Asked with(Map<String, String> others) {
    return with(others, physicalChange, upstreamChange);
  }

  private Asked with(Map<String, String> others, Change physicals, Change upstreams) {
    return new Asked(
        key,
        path,
        otherManagers,
        others,
        sensitive,
        physicalValue,
        upstreamValue,
        physicals,
        upstreams,
        physical,
        upstream,
        inConflict);
  }

  /** Which question this is, and no value. */
  @Override
  public String toString() {
    return key + " " + path;
  }
}
