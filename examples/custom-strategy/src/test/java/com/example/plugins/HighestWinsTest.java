package com.example.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.Decision;
import io.kcp.upstream.spi.FieldConflict;
import io.kcp.upstream.testkit.ConflictStrategyContract;
import io.kcp.upstream.testkit.FieldConflicts;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HighestWinsTest extends ConflictStrategyContract {
  @Override
  protected ConflictStrategy strategy() {
    return new HighestWins();
  }

  @Override
  protected Stream<FieldConflict> samples() {
    return Stream.of(replicas(3, 5), replicas(5, 3), replicas(4, 4));
  }

  @Test
  void theHigherNumberStays() {
    assertEquals(Decision.keepUpstream(), strategy().resolve(replicas(3, 5)));
    assertEquals(Decision.takePhysical(), strategy().resolve(replicas(5, 3)));
  }

  @Test
  void whatIsNoWholeNumberIsLeftToOthers() {
    FieldConflict text = FieldConflicts.on("spec.paused").physical(true).upstream(5L).build();
    FieldConflict gone = FieldConflicts.on("spec.replicas").physical(3L).build();

    assertEquals(Decision.unresolved("NotIntegers"), strategy().resolve(text));
    assertEquals(Decision.unresolved("NotIntegers"), strategy().resolve(gone));
  }

  private static FieldConflict replicas(long physical, long upstream) {
    return FieldConflicts.on("spec.replicas").physical(physical).upstream(upstream).build();
  }
}
