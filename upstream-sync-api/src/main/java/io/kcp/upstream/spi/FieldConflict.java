package io.kcp.upstream.spi;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

public interface FieldConflict {
  ObjectKey key();

  FieldPath path();

  Set<String> otherManagers();

  Map<String, String> parameters();

  boolean sensitive();

  @Nullable Object physicalValue();

  @Nullable Object upstreamValue();

  Change physicalChange();

  Change upstreamChange();

  ObjectTree physical();

  ObjectTree upstream();

  FieldSet inConflict();
}
