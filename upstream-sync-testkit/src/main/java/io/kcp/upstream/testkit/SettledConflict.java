package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.FieldConflict;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The conflict as it stands after the upstream object was given what was decided. */
record SettledConflict(FieldConflict before, ObjectTree upstream) implements FieldConflict {
  /**
   * @param value what was decided; null when the field is to be absent
   */
  static SettledConflict of(FieldConflict before, @Nullable Object value) {
    String path = before.path().toString();
    ObjectTree upstream =
        value == null ? before.upstream().without(path) : before.upstream().with(path, value);
    return new SettledConflict(before, upstream);
  }

  @Override
  public ObjectKey key() {
    return before.key();
  }

  @Override
  public FieldPath path() {
    return before.path();
  }

  @Override
  public Set<String> otherManagers() {
    return before.otherManagers();
  }

  @Override
  public Map<String, String> parameters() {
    return before.parameters();
  }

  @Override
  public boolean sensitive() {
    return before.sensitive();
  }

  @Override
  public @Nullable Object physicalValue() {
    return before.physicalValue();
  }

  @Override
  public @Nullable Object upstreamValue() {
    return upstream.get(path()).orElse(null);
  }

  @Override
  public Change physicalChange() {
    return before.physicalChange();
  }

  @Override
  public Change upstreamChange() {
    return before.upstreamChange();
  }

  @Override
  public ObjectTree physical() {
    return before.physical();
  }

  @Override
  public FieldSet inConflict() {
    return before.inConflict();
  }
}
