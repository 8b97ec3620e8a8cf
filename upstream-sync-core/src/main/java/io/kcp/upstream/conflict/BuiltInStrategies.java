package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.Decision;
import io.kcp.upstream.spi.FieldConflict;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The strategies that are always there. */
public final class BuiltInStrategies {
  private static final Map<String, ConflictStrategy> ALL =
      Stream.of(
              new BuiltIn("client-side-wins", true, conflict -> Decision.takePhysical()),
              new BuiltIn("server-side-wins", true, BuiltInStrategies::upstreams),
              new BuiltIn("three-way-merge", true, BuiltInStrategies::changed))
          .collect(Collectors.toUnmodifiableMap(BuiltIn::name, Function.identity()));

  private BuiltInStrategies() {}

  /** All, by the names under which a SyncTarget knows them. */
  public static Map<String, ConflictStrategy> byName() {
    return ALL;
  }

  /** Whether it is one of ours, which can be called without a limit. */
  static boolean isBuiltIn(ConflictStrategy strategy) {
    return strategy instanceof BuiltIn;
  }

  /** A field that upstream lacks and has not deleted is new, and no conflict. */
  private static Decision upstreams(FieldConflict conflict) {
    boolean isNew = conflict.upstreamValue() == null && conflict.upstreamChange() != Change.REMOVED;
    return isNew ? Decision.takePhysical() : Decision.keepUpstream();
  }

  /** The value of the side that changed it; where both did, nobody's. */
  private static Decision changed(FieldConflict conflict) {
    if (conflict.upstreamChange() == Change.NONE) {
      return Decision.takePhysical();
    }
    return conflict.physicalChange() == Change.NONE
        ? Decision.keepUpstream()
        : Decision.unresolved("BothChanged");
  }

  private record BuiltIn(String name, boolean needsBase, Function<FieldConflict, Decision> rule)
      implements ConflictStrategy {
    @Override
    public Decision resolve(FieldConflict conflict) {
      return rule.apply(conflict);
    }
  }
}
