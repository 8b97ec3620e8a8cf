package io.kcp.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeletionPolicyTest {
  @ParameterizedTest
  @CsvSource({
    "50, 10, 0, 10",
    "50, 10, 100, 10",
    "50, 10, 101, 11",
    "50, 10, 499, 50",
    "50, 10, 100000, 50",
    "5, 10, 100, 5",
    "0, 100, 100, 0",
    "50, 0, 1000, 10"
  })
  void theBudgetIsAShareButTenAlwaysAndNeverMoreThanTheCount(
      int maxCount, int maxPercent, long copies, long budget) {
    DeletionPolicy policy = new DeletionPolicy(false, maxCount, maxPercent, Duration.ofMinutes(1));

    assertThat(policy.budget(copies)).isEqualTo(budget);
  }
}
