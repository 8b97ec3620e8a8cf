package io.kcp.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.status.Condition;
import io.kcp.upstream.status.WorkloadSums;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadsConditionTest {
  private static Condition of(boolean judged, Map<Health, Long> health) {
    WorkloadSums sums =
        new WorkloadSums(Map.of(GroupResource.parse("pods"), health), List.of(), null, "", judged);
    return new WorkloadsCondition(sums, "").condition();
  }

  @Test
  void nothingIsHealthyBeforeEachObjectWasLookedAt() {
    assertThat(new WorkloadsCondition(WorkloadSums.NONE, "").condition().status())
        .isEqualTo("Unknown");
    Condition some = of(false, Map.of(Health.HEALTHY, 3L));
    assertThat(some.status()).isEqualTo("Unknown");
    assertThat(some.reason()).isEqualTo("NotJudgedYet");
    assertThat(some.message()).contains("3 have a health so far");
    assertThat(of(true, Map.of(Health.HEALTHY, 3L)).status()).isEqualTo("True");
  }

  @Test
  void itSaysHowManyDoHow() {
    assertThat(of(true, Map.of()).message()).isEqualTo("nothing that is pulled up has a health");
    assertThat(of(true, Map.of(Health.HEALTHY, 1L)).message()).isEqualTo("1 object healthy");
    assertThat(of(true, Map.of(Health.HEALTHY, 4L, Health.SUSPENDED, 1L)).message())
        .isEqualTo("4 objects healthy, 1 suspended");
    assertThat(of(true, Map.of(Health.HEALTHY, 4L, Health.PROGRESSING, 1L)).message())
        .isEqualTo("1 of 5 objects progressing");
    assertThat(of(true, Map.of(Health.DEGRADED, 1L)).message()).isEqualTo("1 of 1 object degraded");
  }

  @Test
  void whatIsSurelyIllIsSaidAtOnce() {
    assertThat(of(false, Map.of(Health.DEGRADED, 1L)).status()).isEqualTo("False");
  }
}
