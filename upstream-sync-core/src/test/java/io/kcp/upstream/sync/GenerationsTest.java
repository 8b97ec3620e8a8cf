package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GenerationsTest {
  private static ObjectTree status(long observed, long ofCondition) {
    return ObjectTree.of(
        Map.of(
            "status",
            Map.of(
                "observedGeneration",
                observed,
                "conditions",
                List.of(Map.of("type", "Ready", "observedGeneration", ofCondition)))));
  }

  @Test
  void carriesOverWhetherTheCurrentGenerationWasObserved() {
    ObjectTree marked = Generations.marked(status(7, 6), OptionalLong.of(7));

    assertThat(Generations.numbered(marked, OptionalLong.of(3), true)).isEqualTo(status(3, 2));
  }

  @Test
  void nothingWasObservedOfACopyThatIsNotWhole() {
    ObjectTree marked = Generations.marked(status(7, 7), OptionalLong.of(7));

    assertThat(Generations.numbered(marked, OptionalLong.of(3), false)).isEqualTo(status(2, 2));
  }

  @Test
  void leavesNumbersOfTypesWithoutGenerations() {
    assertThat(Generations.marked(status(7, 6), OptionalLong.empty())).isEqualTo(status(7, 6));
    assertThat(Generations.numbered(status(7, 6), OptionalLong.empty(), true))
        .isEqualTo(status(7, 6));
  }

  @Test
  void passesOverWhatIsNoStatus() {
    ObjectTree odd = ObjectTree.of(Map.of("status", "fine"));

    assertThat(Generations.marked(odd, OptionalLong.of(1))).isEqualTo(odd);
  }
}
