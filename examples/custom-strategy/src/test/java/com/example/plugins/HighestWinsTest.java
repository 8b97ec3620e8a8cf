package com.example.plugins;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(strategy().resolve(replicas(3, 5))).isEqualTo(Decision.keepUpstream());
    assertThat(strategy().resolve(replicas(5, 3))).isEqualTo(Decision.takePhysical());
  }

  @Test
  void whatIsNoWholeNumberIsLeftToOthers() {
    FieldConflict text = FieldConflicts.on("spec.paused").physical(true).upstream(5L).build();
    FieldConflict gone = FieldConflicts.on("spec.replicas").physical(3L).build();

    assertThat(strategy().resolve(text)).isEqualTo(Decision.unresolved("NotIntegers"));
    assertThat(strategy().resolve(gone)).isEqualTo(Decision.unresolved("NotIntegers"));
  }

  private static FieldConflict replicas(long physical, long upstream) {
    return FieldConflicts.on("spec.replicas").physical(physical).upstream(upstream).build();
  }
}
