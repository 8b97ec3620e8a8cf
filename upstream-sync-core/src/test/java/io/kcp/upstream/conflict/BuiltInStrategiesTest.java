package io.kcp.upstream.conflict;

import static io.kcp.upstream.spi.Change.ADDED;
import static io.kcp.upstream.spi.Change.EDITED;
import static io.kcp.upstream.spi.Change.NONE;
import static io.kcp.upstream.spi.Change.REMOVED;
import static io.kcp.upstream.spi.Change.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.Decision;
import io.kcp.upstream.testkit.ConflictStrategyContract;
import io.kcp.upstream.testkit.FieldConflicts;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BuiltInStrategiesTest {
  private static ConflictStrategy named(String name) {
    return java.util.Objects.requireNonNull(BuiltInStrategies.byName().get(name));
  }

  private static Decision decide(String strategy, Change physical, Change upstream) {
    FieldConflicts.Builder conflict =
        FieldConflicts.on("spec.replicas").changes(physical, upstream);
    if (physical != REMOVED) {
      conflict.physical(3L);
    }
    if (upstream != REMOVED) {
      conflict.upstream(5L);
    }
    return named(strategy).resolve(conflict.build());
  }

  @Test
  void areThree() {
    assertThat(BuiltInStrategies.byName())
        .containsOnlyKeys("client-side-wins", "server-side-wins", "three-way-merge");
  }

  @Nested
  class ClientSideWins extends ConflictStrategyContract {
    @Override
    protected ConflictStrategy strategy() {
      return named("client-side-wins");
    }

    @Test
    void takesThePhysicalValueWhoeverChangedIt() {
      for (Change physical : Change.values()) {
        for (Change upstream : Change.values()) {
          assertThat(decide("client-side-wins", physical, upstream))
              .isEqualTo(Decision.takePhysical());
        }
      }
    }
  }

  @Nested
  class ServerSideWins extends ConflictStrategyContract {
    @Override
    protected ConflictStrategy strategy() {
      return named("server-side-wins");
    }

    @Test
    void keepsUpstreamsValueWhoeverChangedIt() {
      for (Change physical : Change.values()) {
        for (Change upstream : Change.values()) {
          assertThat(decide("server-side-wins", physical, upstream))
              .isEqualTo(Decision.keepUpstream());
        }
      }
    }
  }

  @Nested
  class ThreeWayMerge extends ConflictStrategyContract {
    @Override
    protected ConflictStrategy strategy() {
      return named("three-way-merge");
    }

    @Test
    void takesTheSideThatChanged() {
      for (Change changed : new Change[] {ADDED, EDITED, REMOVED, UNKNOWN}) {
        assertThat(decide("three-way-merge", changed, NONE)).isEqualTo(Decision.takePhysical());
        assertThat(decide("three-way-merge", NONE, changed)).isEqualTo(Decision.keepUpstream());
      }
    }

    @Test
    void leavesOpenWhatBothChanged() {
      for (Change physical : new Change[] {ADDED, EDITED, REMOVED, UNKNOWN}) {
        for (Change upstream : new Change[] {ADDED, EDITED, REMOVED, UNKNOWN}) {
          assertThat(decide("three-way-merge", physical, upstream))
              .isEqualTo(Decision.unresolved("BothChanged"));
        }
      }
    }
  }
}
