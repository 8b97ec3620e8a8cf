package io.kcp.upstream.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Verdict;
import io.kcp.upstream.sync.WorkKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthNewsTest {
  private static final WorkKey WEB =
      new WorkKey(GroupResource.parse("deployments.apps"), "shop", "web");

  private final HealthNews news = new HealthNews();
  private final List<String> told = new ArrayList<>();

  HealthNewsTest() {
    news.tell(
        (key, before, now) ->
            told.add((before == null ? "first " : "") + now.reason() + ": " + now.message()));
  }

  private void changed(Health before, Health now) {
    news.changed(
        WEB,
        Optional.ofNullable(before).map(HealthNewsTest::state),
        new HealthState(now, "Why", "so", Instant.EPOCH));
  }

  private static HealthState state(Health health) {
    return new HealthState(health, "Why", "so", Instant.EPOCH);
  }

  @Test
  void eachTurnIsToldOnce() {
    changed(Health.HEALTHY, Health.DEGRADED);
    changed(Health.DEGRADED, Health.DEGRADED);
    changed(Health.DEGRADED, Health.PROGRESSING);
    changed(Health.PROGRESSING, Health.HEALTHY);
    changed(Health.HEALTHY, Health.PROGRESSING);
    changed(Health.PROGRESSING, Health.HEALTHY);

    assertThat(told)
        .containsExactly("HealthLost: Degraded: Why, so", "HealthRegained: Healthy: Why, so");
  }

  @Test
  void whatIsIllAtTheFirstLookMayHaveBeenTold() {
    changed(null, Health.DEGRADED);

    assertThat(told).containsExactly("first HealthLost: Degraded: Why, so");
  }

  @Test
  void aTurnToTheBetterIsNormal() {
    WorkKey key = WEB;
    for (String reason : List.of(HealthNews.LOST, HealthNews.REGAINED)) {
      Finding finding = new Finding(Verdict.SYNCED, reason, "");
      Instant at = Instant.EPOCH;
      Telling telling = new Telling(new Telling.Id(key, reason), finding, false, 1, at, at, at);
      assertThat(Telling.isWorthIt(finding)).isTrue();
      assertThat(telling.type()).isEqualTo(reason.equals(HealthNews.LOST) ? "Warning" : "Normal");
    }
  }
}
