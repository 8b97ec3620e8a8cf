package io.kcp.upstream.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kcp.upstream.mirror.Mirror.State;
import io.kubernetes.client.openapi.ApiClient;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MirrorTest {
  private final MirrorFixture fixture = new MirrorFixture(new ApiClient());
  private final Mirror mirror =
      fixture.create(ScriptedServer.CONFIG_MAPS, MirrorQuery.physical(), 500);

  @Test
  void beforeItsStartItKnowsNothing() {
    assertThat(mirror.state()).isEqualTo(State.STARTING);
    assertThat(mirror.hasSynced()).isFalse();
    assertThat(mirror.entries()).isEmpty();
    assertThat(mirror.entries("default")).isEmpty();
    assertThat(mirror.find("default", "a")).isEmpty();
    assertThat(mirror.lastContact()).isEmpty();
    assertThat(mirror.highestVersion()).isEmpty();
    assertThat(mirror.lastSyncResourceVersion()).isEmpty();
    assertThat(mirror.getIndexer().list()).isEmpty();
    assertThat(mirror.clusterName()).isEqualTo("physical cluster");
    assertThat(mirror.type()).isEqualTo(ScriptedServer.CONFIG_MAPS);
  }

  @Test
  void stoppedBeforeItsStartItNeverStarts() {
    mirror.stop();
    mirror.run();

    assertThat(fixture.threads()).isEmpty();
  }

  @Test
  void whatMakesNoSenseForAMirrorIsRefusedWithAReason() {
    refused(() -> mirror.addEventHandler(null), "MirrorListener");
    refused(() -> mirror.addEventHandlerWithResyncPeriod(null, 1), "MirrorListener");
    refused(() -> mirror.addIndexers(Map.of()), "namespace");
    refused(() -> mirror.setTransform(null), "worker");
  }

  private static void refused(ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void asksForWhatItsQuerySays() {
    assertThat(MirrorQuery.physical().parameters()).isEmpty();
    assertThat(MirrorQuery.upstream("a=b").parameters()).isEqualTo(Map.of("labelSelector", "a=b"));
    assertThat(MirrorQuery.single("edge").parameters())
        .isEqualTo(Map.of("fieldSelector", "metadata.name=edge"));
  }
}
