package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.FieldConflict;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A conflict on one field of the Deployment {@code shop/web}. */
record HandmadeConflict(
    FieldPath path,
    ObjectTree physical,
    ObjectTree upstream,
    Changes changes,
    Set<String> otherManagers)
    implements FieldConflict {
  private static final ObjectTree BARE =
      ObjectTree.of(
          Map.of(
              "apiVersion",
              "apps/v1",
              "kind",
              "Deployment",
              "metadata",
              Map.of("namespace", "shop", "name", "web")));

  /** What each side did. */
  record Changes(Change physical, Change upstream) {}

  @Override
  public ObjectKey key() {
    return ObjectKey.physical("deployments.apps", "shop", "web");
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of();
  }

  @Override
  public boolean sensitive() {
    return false;
  }

  @Override
  public @Nullable Object physicalValue() {
    return physical.get(path).orElse(null);
  }

  @Override
  public @Nullable Object upstreamValue() {
    return upstream.get(path).orElse(null);
  }

  @Override
  public Change physicalChange() {
    return changes.physical();
  }

  @Override
  public Change upstreamChange() {
    return changes.upstream();
  }

  @Override
  public FieldSet inConflict() {
    return FieldSet.of(path);
  }

  /** One that is being made. */
  static final class Draft implements FieldConflicts.Builder {
    private final FieldPath path;
    private final Set<String> managers = new TreeSet<>();
    private ObjectTree physical = BARE;
    private ObjectTree upstream = BARE;
    private Changes changes = new Changes(Change.EDITED, Change.EDITED);

    Draft(String path) {
      this.path = FieldPath.parse(path);
    }

    @Override
    public FieldConflicts.Builder physical(Object value) {
      physical = BARE.with(path.toString(), value);
      return this;
    }

    @Override
    public FieldConflicts.Builder upstream(Object value) {
      upstream = BARE.with(path.toString(), value);
      return this;
    }

    @Override
    public FieldConflicts.Builder changes(Change physicalChange, Change upstreamChange) {
      changes = new Changes(physicalChange, upstreamChange);
      return this;
    }

    @Override
    public FieldConflicts.Builder by(String manager) {
      managers.add(manager);
      return this;
    }

    @Override
    public FieldConflict build() {
      Set<String> others = managers.isEmpty() ? Set.of("kubectl") : Set.copyOf(managers);
      return new HandmadeConflict(path, physical, upstream, changes, others);
    }
  }
}
