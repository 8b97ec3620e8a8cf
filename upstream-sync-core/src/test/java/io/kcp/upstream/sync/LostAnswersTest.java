package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LostAnswersTest {
  private static final WorkKey WEB =
      new WorkKey(GroupResource.parse("deployments.apps"), "shop", "web");

  private final LostAnswers lost = new LostAnswers();

  private static ConflictRecord record(String field) {
    return new ConflictRecord(
        Instant.EPOCH,
        "root:shop",
        "edge-1",
        ObjectKey.physical("deployments.apps", "shop", "web"),
        ObjectKey.upstream("deployments.apps", "shop", "web"),
        FieldPath.parse(field),
        Change.EDITED,
        Change.EDITED,
        null,
        null,
        Set.of(),
        ConflictRecord.Outcome.TOOK_PHYSICAL,
        "client-side-wins",
        "SyncTarget",
        "");
  }

  @Test
  void whatIsNotAskedAgainHadBeenWritten() {
    lost.refused(WEB, List.of(record("spec.a"), record("spec.b")));

    assertThat(lost.written(WEB, List.of(record("spec.b")))).containsExactly(record("spec.a"));
    assertThat(lost.written(WEB, List.of())).isEmpty();
  }

  @Test
  void nothingIsKnownOfAnObjectThatWent() {
    lost.refused(WEB, List.of(record("spec.a")));
    lost.forget(WEB);

    assertThat(lost.written(WEB, List.of())).isEmpty();
  }
}
