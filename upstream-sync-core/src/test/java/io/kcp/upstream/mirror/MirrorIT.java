package io.kcp.upstream.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.mirror.Mirror.State;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.RealApiServer;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A mirror of ConfigMaps of a real API server, as it is and under faults. */
@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver")
class MirrorIT {
  private static final ResourceType CONFIG_MAPS =
      new ResourceType(
          new GroupResource("", "configmaps"),
          "v1",
          "ConfigMap",
          true,
          Set.of("list", "watch"),
          Set.of());
  private static final String RESOURCE = "configmaps";

  private static TestCluster cluster;

  private final MirrorFixture fixture = new MirrorFixture(cluster.client());

  @BeforeAll
  static void startCluster() {
    cluster = RealApiServer.start();
  }

  @AfterAll
  static void closeCluster() {
    cluster.close();
  }

  @AfterEach
  void stopMirrors() {
    fixture.close();
  }

  @Test
  void followsAdditionsChangesAndDeletions() {
    apply("before", "1");
    Mirror mirror = startedMirror();

    apply("after", "1");
    apply("before", "2");
    await().until(() -> data(mirror, "before").equals("2") && data(mirror, "after").equals("1"));
    assertThat(mirror.find("default", "before").orElseThrow().content().orElseThrow().kind())
        .isEqualTo("ConfigMap");
    cluster.as("tester").delete(RESOURCE, "default", "after");

    await().until(() -> mirror.find("default", "after").isEmpty());
    assertThat(fixture.told()).contains("default/before", "default/after");
  }

  @Test
  void aPagedListIsWhole() {
    for (int i = 0; i < 7; i++) {
      apply("page-" + i, "1");
    }

    Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 2);

    await().until(() -> mirror.state() == State.SYNCED);
    for (int i = 0; i < 7; i++) {
      assertThat(mirror.find("default", "page-" + i)).isPresent();
    }
  }

  @Test
  void anExpiredListBeginsAnewAndLosesNothing() {
    for (int i = 0; i < 5; i++) {
      apply("expired-" + i, "1");
    }
    Faults.Fault expired = cluster.faults().on(Verb.LIST, RESOURCE).nth(1).times(1).expire();

    Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 2);

    await().until(() -> mirror.state() == State.SYNCED);
    assertThat(expired.hits()).isEqualTo(1);
    assertThat(mirror.find("default", "expired-4")).isPresent();
  }

  @Test
  void aListCutShortDeletesNothing() {
    apply("cut", "1");
    Mirror mirror = startedMirror();

    Faults.Fault cut = cluster.faults().on(Verb.LIST, RESOURCE).truncate(200);
    await().until(() -> cut.hits() > 2);

    assertThat(mirror.find("default", "cut")).isPresent();
    await().until(() -> mirror.state() == State.RETRYING);
    cut.lift();
    await().until(() -> mirror.state() == State.SYNCED);
  }

  @Test
  void whatHappenedBeforeAWatchExpiredIsFound() {
    apply("gone", "1");
    apply("changed", "1");
    Mirror mirror = startedMirror();
    // The open watch is older than the faults: it ends by itself after at most 2 s.
    Faults.Fault expired = cluster.faults().on(Verb.WATCH, RESOURCE).nth(1).expire();
    Faults.Fault refused = cluster.faults().on(Verb.LIST, RESOURCE).respond(500);
    await().until(() -> refused.hits() > 0);

    cluster.as("tester").delete(RESOURCE, "default", "gone");
    apply("changed", "2");
    refused.lift();

    await().until(() -> mirror.find("default", "gone").isEmpty());
    await().until(() -> data(mirror, "changed").equals("2"));
    await().until(() -> expired.hits() == 1);
    await().until(() -> mirror.state() == State.SYNCED);
  }

  @Test
  void aWatchThatIsCutGoesOnWhereItWas() {
    for (int i = 0; i < 5; i++) {
      apply("stream-" + i, "before");
    }
    Faults.Fault cut = cluster.faults().on(Verb.WATCH, RESOURCE).dropAfterEvents(1);
    Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 1);
    await().until(() -> mirror.state() == State.SYNCED);
    long mark = cluster.journal().mark();

    for (int i = 0; i < 5; i++) {
      apply("stream-" + i, "after");
    }

    await().until(() -> data(mirror, "stream-4").equals("after"));
    assertThat(mirror.stop(Duration.ofSeconds(5))).isTrue();
    assertThat(cut.hits()).isPositive();
    cut.lift();
    int watches = cluster.journal().since(mark).of(Verb.WATCH, RESOURCE).requests().size();
    assertThat(cluster.journal().since(mark).of(Verb.LIST, RESOURCE).requests())
        .as("one look at the version before each watch; a list would take a page per object")
        .hasSizeLessThanOrEqualTo(watches + 1);
  }

  @Test
  void eventsThatComeTwiceAreToldOnce() {
    Faults.Fault twice = cluster.faults().on(Verb.WATCH, RESOURCE).duplicateEvents();
    Mirror mirror = startedMirror();

    apply("twice", "1");
    await().until(() -> data(mirror, "twice").equals("1"));
    cluster.as("tester").delete(RESOURCE, "default", "twice");
    await().until(() -> mirror.find("default", "twice").isEmpty());
    apply("after-twice", "1");
    await().until(() -> mirror.find("default", "after-twice").isPresent());

    assertThat(fixture.told().stream().filter("default/twice"::equals)).hasSize(2);
    twice.lift();
  }

  @Test
  void keepsManagedFieldsOnlyForUpstream() {
    apply("managed", "1");
    Mirror physical = startedMirror();
    Mirror upstream = fixture.start(CONFIG_MAPS, MirrorQuery.upstream(""), 500);

    await().until(() -> upstream.state() == State.SYNCED);

    assertThat(content(physical, "managed").isPresent()).isTrue();
    assertThat(managedFields(physical)).isZero();
    assertThat(managedFields(upstream)).isPositive();
  }

  @Test
  void mirrorsOnlyWhatIsSelected() {
    apply("one", "1");
    apply("two", "1");

    Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.single("two"), 500);

    await().until(() -> mirror.state() == State.SYNCED);
    assertThat(mirror.entries()).extracting(MirrorEntry::name).containsExactly("two");
  }

  @Test
  void aResourceThatIsNotServedSaysSo() {
    ResourceType unknown =
        new ResourceType(
            new GroupResource("example.com", "things"), "v1", "Thing", true, Set.of(), Set.of());

    Mirror mirror = fixture.start(unknown, MirrorQuery.physical(), 500);

    await().until(() -> mirror.state() == State.NOT_SERVED);
    assertThat(mirror.reason()).isEqualTo("NotFound");
    assertThat(mirror.hasSynced()).isFalse();
  }

  @Test
  void stopsAtOnceInTheMiddleOfAWatch() {
    Mirror mirror = startedMirror();

    assertThat(mirror.stop(Duration.ofSeconds(3))).isTrue();
    assertThat(fixture.threads()).noneMatch(Thread::isAlive);
  }

  private Mirror startedMirror() {
    Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 500);
    await().until(() -> mirror.state() == State.SYNCED);
    return mirror;
  }

  private static void apply(String name, String value) {
    cluster
        .as("tester")
        .apply(
            """
            {"apiVersion": "v1", "kind": "ConfigMap",
             "metadata": {"name": "%s", "namespace": "default"}, "data": {"value": "%s"}}
            """
                .formatted(name, value));
  }

  private static String data(Mirror mirror, String name) {
    return content(mirror, name).flatMap(object -> object.string("data.value")).orElse("");
  }

  private static java.util.Optional<io.kcp.upstream.spi.ObjectTree> content(
      Mirror mirror, String name) {
    return mirror.find("default", name).flatMap(MirrorEntry::content);
  }

  private static int managedFields(Mirror mirror) {
    return content(mirror, "managed").orElseThrow().items("metadata.managedFields").size();
  }
}
