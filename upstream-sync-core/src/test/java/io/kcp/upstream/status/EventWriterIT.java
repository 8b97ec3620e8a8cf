package io.kcp.upstream.status;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Verdict;
import io.kcp.upstream.sync.WorkKey;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@ApiServerTest
class EventWriterIT {
  private static final Finding COLLISION =
      new Finding(Verdict.SKIPPED, "NameCollision", "it is there without our mark");
  private static final EventSettings.Pace PACE =
      new EventSettings.Pace(
          Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofSeconds(10), 100, 1, 3);
  private static final Subject TARGET =
      new Subject("workload.kcp.io/v1alpha1", "SyncTarget", "", "edge-1", "u-1");

  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(EventWriter.class);
  private TestCluster shop;
  private ClusterEndpoint endpoint;

  @BeforeEach
  void cluster(@Cluster("shop") TestCluster shop) {
    this.shop = shop;
    this.endpoint =
        new ClusterEndpoint(
            "workspace",
            shop.client(),
            "",
            new EndpointLimits(100, 100, 4, 100, Duration.ofSeconds(10)),
            shop::client);
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void quiet() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void whatHappensAgainMakesTheCountGrow() throws Exception {
    EventWriter writer = writer("one");
    comesUp(writer, "a");
    writer.writeDue();
    comesUp(writer, "a");
    writer.writeDue();
    assertThat(counts()).containsExactly(1L);

    clock.pass(PACE.quiet());
    writer.writeDue();

    assertThat(counts()).containsExactly(2L);
    assertThat(events().get(0).string("firstTimestamp")).contains("2026-01-01T00:00:00Z");
    assertThat(events().get(0).string("lastTimestamp")).contains("2026-01-01T00:00:01Z");
    assertThat(writer.written()).isEqualTo(2);
  }

  @Test
  void anotherProcessFindsWhatWasToldAndTellsOnlyWhatIsNew() throws Exception {
    EventWriter before = writer("one");
    before.changed(key("a"), null, COLLISION);
    clock.pass(PACE.settle());
    before.writeDue();
    clock.pass(Duration.ofHours(1));
    long mark = shop.journal().mark();

    EventWriter after = writer("two");
    after.changed(key("a"), null, COLLISION);
    clock.pass(PACE.settle());
    after.writeDue();
    assertThat(shop.journal().since(mark).writes().requests()).isEmpty();

    comesUp(after, "a");
    after.writeDue();
    assertThat(counts()).containsExactly(2L);
    assertThat(events().get(0).string("reportingInstance")).contains("two");
  }

  @Test
  void aCopyHasItsEventBesideIt() throws Exception {
    shop.as("us").apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    Subject copy = new Subject("v1", "ConfigMap", "shop", "a", "u-2");
    EventWriter writer =
        new EventWriter(
            endpoint, new EventSettings(TARGET, "one", PACE), key -> Optional.of(copy), clock);

    comesUp(writer, "a");
    writer.writeDue();

    assertThat(events()).hasSize(1);
    assertThat(events().get(0).namespace()).isEqualTo("shop");
    assertThat(events().get(0).string("involvedObject.uid")).contains("u-2");
  }

  @Test
  void writesNoFasterThanTheRate() throws Exception {
    EventWriter writer = writer("one");
    for (String name : List.of("a", "b", "c", "d", "e")) {
      writer.changed(key(name), null, COLLISION);
    }
    clock.pass(PACE.settle());
    writer.writeDue();
    assertThat(events()).hasSize(PACE.burst());

    clock.pass(Duration.ofSeconds(1));
    writer.writeDue();
    assertThat(events()).as("one a second").hasSize(PACE.burst() + 1);
  }

  @Test
  void aServerThatIsDownIsLeftAloneAndLoggedOnce() throws Exception {
    shop.faults().on(Verb.CREATE, "events").times(2).respond(503);
    EventWriter writer = writer("one");
    comesUp(writer, "a");

    writer.writeDue();
    writer.writeDue();
    assertThat(shop.journal().of(Verb.CREATE, "events").requests()).hasSize(1);
    clock.pass(Duration.ofSeconds(15));
    writer.writeDue();
    clock.pass(Duration.ofSeconds(15));
    writer.writeDue();

    assertThat(counts()).containsExactly(1L);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .satisfiesExactly(
            down -> assertThat(down).contains("edge-1", "can't be written", "503"),
            up -> assertThat(up).contains("written again"));
  }

  @Test
  void whatIsRefusedIsDroppedAndCounted() throws Exception {
    shop.faults().on(Verb.CREATE, "events").respond(403);
    EventWriter writer = writer("one");
    comesUp(writer, "a");
    comesUp(writer, "b");

    writer.writeDue();

    assertThat(writer.dropped()).isEqualTo(2);
    assertThat(writer.written()).isZero();
    assertThat(log.list).hasSize(1);
  }

  @Test
  void atTheEndWhatSettlesIsToldAndYoungFailuresAreNot() throws Exception {
    EventWriter writer = writer("one");
    writer.changed(key("a"), null, COLLISION);
    writer.changed(key("b"), null, new Finding(Verdict.FAILED, "NoAnswer", "down"));

    writer.writeLast();
    writer.stop();
    comesUp(writer, "c");
    writer.writeDue();

    assertThat(events())
        .extracting(event -> event.string("message").orElseThrow())
        .containsExactly("configmaps/shop/a: it is there without our mark");
  }

  private void comesUp(EventWriter writer, String name) {
    writer.changed(key(name), Finding.SYNCED, COLLISION);
    clock.pass(PACE.settle());
  }

  private EventWriter writer(String identity) {
    return new EventWriter(
        endpoint, new EventSettings(TARGET, identity, PACE), key -> Optional.empty(), clock);
  }

  private static WorkKey key(String name) {
    return new WorkKey(GroupResource.parse("configmaps"), "shop", name);
  }

  private List<ObjectTree> events() throws InterruptedException {
    return endpoint.send(ApiRequest.get("/api/v1/events")).object().items("items");
  }

  private List<Long> counts() throws InterruptedException {
    return events().stream().map(event -> event.integer("count").orElseThrow()).toList();
  }
}
