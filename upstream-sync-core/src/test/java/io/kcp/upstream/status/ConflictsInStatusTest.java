package io.kcp.upstream.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.conflict.ConflictHistory;
import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConflictsInStatusTest {
  private static ConflictRecord record(int number) {
    String name = "a-deployment-with-quite-a-long-name-" + number;
    return new ConflictRecord(
        Instant.EPOCH,
        "root:shop",
        "edge-1",
        ObjectKey.physical("deployments.apps", "a-namespace-with-a-long-name", name),
        ObjectKey.upstream("deployments.apps", "a-namespace-with-a-long-name", name),
        FieldPath.parse("spec.template.spec.containers[name=\"web\"].env[name=\"A\"].value"),
        Change.EDITED,
        Change.EDITED,
        "v".repeat(1000),
        "w".repeat(1000),
        Set.of("kubectl-client-side-apply", "helm"),
        ConflictRecord.Outcome.UNRESOLVED,
        "three-way-merge",
        "SyncTarget",
        "BothChanged");
  }

  @Test
  void tenThousandConflictsLeaveTheStatusSmall() {
    try (ConflictHistory history = new ConflictHistory(200, List.of())) {
      for (int i = 0; i < 10_000; i++) {
        history.add(List.of(record(i)));
      }
      TargetReport report =
          new TargetReport(
              1,
              "uid",
              null,
              Map.of(),
              10_000,
              0,
              history.newestFirst(),
              List.of(),
              List.of(),
              List.of(),
              WorkloadSums.NONE);

      byte[] status =
          Json.write(new StatusDocument(ObjectTree.of(Map.of())).render(report, Instant.EPOCH));

      assertThat(history.newestFirst()).hasSize(200);
      assertThat(status.length).isLessThan(128 * 1024);
      assertThat(new String(status, java.nio.charset.StandardCharsets.UTF_8))
          .contains("a-deployment-with-quite-a-long-name-9999")
          .doesNotContain("vvvv", "wwww");
    }
  }
}
