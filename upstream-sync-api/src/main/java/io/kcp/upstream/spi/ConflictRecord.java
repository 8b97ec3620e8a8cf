package io.kcp.upstream.spi;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

public record ConflictRecord(
    Instant time,
    String workspace,
    String syncTarget,
    ObjectKey physical,
    ObjectKey upstream,
    FieldPath field,
    Change physicalChange,
    Change upstreamChange,
    @Nullable Object physicalValue,
    @Nullable Object upstreamValue,
    Set<String> otherManagers,
    Outcome outcome,
    String strategy,
    String decidedBy,
    String reason) {
  public enum Outcome {
    TOOK_PHYSICAL,
    KEPT_UPSTREAM,
    USED_VALUE,
    UNRESOLVED,
    HELD
  }
}
