package io.kcp.upstream.status.health;

import static io.kcp.upstream.spi.Health.DEGRADED;
import static io.kcp.upstream.spi.Health.HEALTHY;
import static io.kcp.upstream.spi.Health.MISSING;
import static io.kcp.upstream.spi.Health.PROGRESSING;
import static io.kcp.upstream.spi.Health.SUSPENDED;
import static io.kcp.upstream.spi.Health.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.Health;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetHealthTest {
  private static List<SetHealth.Member> set(Health... healths) {
    List<SetHealth.Member> members = new ArrayList<>();
    for (Health health : healths) {
      members.add(
          new SetHealth.Member(
              "m" + members.size(),
              new Assessment(health, false, false, true, "R", "m", "r", null, null, List.of())));
    }
    return members;
  }

  private static Health ours(Health... healths) {
    return SetHealth.of(set(healths), SetHealth.Settings.defaults()).health();
  }

  private static Health by(HealthProfile profile, Health... healths) {
    return SetHealth.of(set(healths), new SetHealth.Settings(profile, true, UNKNOWN)).health();
  }

  @Test
  void nothingIsHealthy() {
    assertThat(ours()).isEqualTo(HEALTHY);
  }

  @ParameterizedTest
  @CsvSource({
    "HEALTHY, SUSPENDED",
    "SUSPENDED, PROGRESSING",
    "PROGRESSING, MISSING",
    "MISSING, DEGRADED",
    "DEGRADED, UNKNOWN"
  })
  void theWorseOfTwoCounts(Health better, Health worse) {
    assertThat(ours(better, worse)).isEqualTo(worse);
    assertThat(ours(worse, better)).isEqualTo(worse);
  }

  @Test
  void whatIsMissingOrUnknownMayCountOtherwise() {
    var settings = new SetHealth.Settings(HealthProfile.UNION, false, PROGRESSING);

    assertThat(SetHealth.of(set(HEALTHY, MISSING), settings).health()).isEqualTo(HEALTHY);
    assertThat(SetHealth.of(set(MISSING, MISSING), settings).health()).isEqualTo(MISSING);
    assertThat(SetHealth.of(set(HEALTHY, UNKNOWN), settings).health()).isEqualTo(PROGRESSING);
  }

  @Test
  void kstatusLooksForFailuresThenForTheUnknown() {
    assertThat(by(HealthProfile.KSTATUS)).isEqualTo(HEALTHY);
    assertThat(by(HealthProfile.KSTATUS, UNKNOWN, DEGRADED)).isEqualTo(DEGRADED);
    assertThat(by(HealthProfile.KSTATUS, UNKNOWN, PROGRESSING)).isEqualTo(UNKNOWN);
    assertThat(by(HealthProfile.KSTATUS, HEALTHY, MISSING)).isEqualTo(PROGRESSING);
    assertThat(by(HealthProfile.KSTATUS, HEALTHY, SUSPENDED)).isEqualTo(HEALTHY);
  }

  @Test
  void argoPassesOverOneThatIsMissing() {
    assertThat(by(HealthProfile.GITOPS, HEALTHY, MISSING)).isEqualTo(HEALTHY);
    assertThat(by(HealthProfile.GITOPS, MISSING)).isEqualTo(MISSING);
    assertThat(by(HealthProfile.GITOPS, DEGRADED, UNKNOWN)).isEqualTo(UNKNOWN);
  }

  @Test
  void allThatAreNotHealthyAreNamedTheWorstFirst() {
    SetHealth set =
        SetHealth.of(
            set(PROGRESSING, HEALTHY, DEGRADED, PROGRESSING), SetHealth.Settings.defaults());

    assertThat(set.causes()).extracting(SetHealth.Member::name).containsExactly("m2", "m0", "m3");
  }
}
