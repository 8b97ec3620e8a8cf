package io.kcp.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.status.Condition;
import io.kcp.upstream.status.TargetReport;
import io.kcp.upstream.status.WorkloadSums;
import io.kcp.upstream.sync.OpenConflicts;
import io.kcp.upstream.sync.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetConditionsTest {
  private static TargetReport.Resource resource(String name, String state, String message) {
    return new TargetReport.Resource(
        GroupResource.parse(name), "v1", state, "", message, 0, 0, 0, "");
  }

  private static String message(TargetReport.Resource... resources) {
    return message(Map.of(), resources);
  }

  private static String message(Map<Verdict, Long> objects, TargetReport.Resource... resources) {
    return new TargetConditions(
            new Situation("edge-1", ""),
            Arrays.asList(resources),
            objects,
            "configmaps/shop/a: no",
            List.of(),
            Optional.empty(),
            new OpenConflicts.Sum(0, 0, List.of()),
            WorkloadSums.NONE)
        .all().stream()
            .filter(condition -> condition.type().equals("ResourcesSynced"))
            .map(Condition::message)
            .findFirst()
            .orElseThrow();
  }

  @Test
  void aClusterThatIsAwayHasOneCauseForAllResources() {
    assertThat(
            message(
                resource("configmaps", "Stale", "GET /api/v1/configmaps: no answer"),
                resource("deployments.apps", "Stale", "GET /apis/apps/v1/deployments: no answer")))
        .isEqualTo(
            "2 resources are Stale: configmaps, deployments.apps; of the first: GET"
                + " /api/v1/configmaps: no answer");
  }

  @Test
  void eachResourceHasItsOwnCauseElse() {
    assertThat(
            message(
                resource("configmaps", "Stale", "no answer"),
                resource("secrets", "Forbidden", "grant list")))
        .isEqualTo("configmaps is Stale (no answer); secrets is Forbidden (grant list)");
  }

  @Test
  void whatIsSkippedOrFailedIsCounted() {
    assertThat(message(Map.of(Verdict.SYNCED, 3L))).isEqualTo("every selected resource is synced");
    assertThat(message(Map.of(Verdict.SKIPPED, 1L)))
        .isEqualTo("every selected resource is synced; skipped, see the events: 1 object");
    assertThat(message(Map.of(Verdict.FAILED, 2L)))
        .startsWith("2 objects failed, such as configmaps/shop/a: no; see the events");
  }
}
