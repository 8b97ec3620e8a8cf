package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.mirror.KeptBytes;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.Journal;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import io.kcp.upstream.transform.Desired;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start with so many objects that there is no room for the content of any. */
@ApiServerTest
class UnkeptContentIT {
  private static final String KEY = "configmaps/shop/settings";
  private static final String SAID = "metadata.annotations.said";
  private static final KeptBytes NO_ROOM = new KeptBytes(0, 0);

  private TestCluster workspace;
  private Rig rig;
  private long mark;

  @BeforeEach
  void oneCopyAndARestart(
      @Cluster("physical") TestCluster physical, @Cluster("workspace") TestCluster workspace)
      throws InterruptedException {
    this.workspace = workspace;
    for (TestCluster each : List.of(physical, workspace)) {
      each.as("kubectl").apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    }
    physical
        .as("kubectl")
        .apply(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: shop}, data: {mode: a}}");
    rig =
        new Rig(
            physical, workspace, Map.of("resources", List.of(Map.of("resource", "configmaps"))));
    rig.additions = (desired, object, copy) -> said(desired, copy, "first");
    rig.sync(KEY);
    rig = rig.restarted(NO_ROOM);
    mark = workspace.journal().mark();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  /** As a condition goes on to say since when it is so. */
  private static Desired said(
      Desired desired, Supplier<Optional<ObjectTree>> copy, String otherwise) {
    String before = copy.get().flatMap(live -> live.string(SAID)).orElse(otherwise);
    return Rig.changed(desired, desired.object().with(SAID, before));
  }

  @Test
  void whatIsSaidOnACopyIsSaidOn() throws InterruptedException {
    rig.additions = (desired, object, copy) -> said(desired, copy, "after a restart");

    assertThat(rig.sync(KEY)).isEqualTo(Finding.SYNCED);
    assertThat(rig.sync(KEY)).isEqualTo(Finding.SYNCED);

    Journal since = workspace.journal().since(mark);
    assertThat(since.writes().requests()).isEmpty();
    assertThat(since.of(Verb.GET, "configmaps").requests()).as("reads").hasSize(1);
    assertThat(rig.memory.written().size()).isZero();
  }

  @Test
  void aCopyThatDiffersIsChanged() throws InterruptedException {
    rig.additions =
        (desired, object, copy) -> Rig.changed(desired, desired.object().with(SAID, "b"));

    assertThat(rig.sync(KEY)).isEqualTo(Finding.SYNCED);

    assertThat(workspace.find("configmaps", "shop", "settings").flatMap(c -> c.string(SAID)))
        .contains("b");
  }
}
