package io.kcp.upstream.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.kcp.upstream.Explanation;
import io.kcp.upstream.MicrometerMeters;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncRuntime;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.Decision;
import io.kcp.upstream.spi.FieldConflict;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Both sides change a Secret, a strategy throws with its values, a server quotes them. */
@ApiServerTest
class SecretsInConflictIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ObjectKey LOGIN = ObjectKey.physical("secrets", "default", "login");
  private static final String SYNC_TARGET =
      """
      apiVersion: workload.kcp.io/v1alpha1
      kind: SyncTarget
      metadata: {name: edge-1}
      spec:
        upstreamSync:
          resources: [{resource: secrets}]
          conflict:
            strategy: three-way-merge
            rules:
            - {name: talks, resource: secrets, fields: [data.talks], strategy: example.com/talks}
      """;

  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level level = root.getLevel();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AppenderBase<ILoggingEvent> log =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          String thrown =
              event.getThrowableProxy() == null
                  ? ""
                  : ThrowableProxyUtil.asString(event.getThrowableProxy());
          said.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + thrown);
        }
      };

  private static final class Talks implements ConflictStrategy {
    @Override
    public String name() {
      return "example.com/talks";
    }

    @Override
    public Decision resolve(FieldConflict conflict) {
      throw new IllegalStateException(
          conflict.physicalValue() + " or " + conflict.upstreamValue() + "?");
    }
  }

  @BeforeEach
  void listen() {
    log.setContext(root.getLoggerContext());
    log.start();
    root.addAppender(log);
    root.getLoggerContext().getLoggerList().stream()
        .filter(logger -> logger.getName().startsWith("io.kcp"))
        .forEach(logger -> logger.setLevel(null));
    root.setLevel(Level.TRACE);
  }

  @AfterEach
  void stopListening() {
    root.setLevel(level);
    root.detachAppender(log);
  }

  private static String coded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void noValueIsSaidAnywhere(@Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop)
      throws Exception {
    edge.as("kubectl")
        .apply(
            "{apiVersion: v1, kind: Secret, metadata: {name: login, namespace: default,"
                + " annotations: {hint: s3cret-first}}, stringData: {plain: s3cret-first, talks:"
                + " s3cret-first}}");
    shop.as("admin").apply(SYNC_TARGET);
    try (SyncRuntime runtime =
            SyncRuntime.builder().workers(2).meters(MicrometerMeters.of(registry)).build();
        UpstreamSyncer syncer = syncer(edge, shop, runtime)) {
      syncer.start();
      syncer.awaitInSync(LIMIT);
      for (String field : new String[] {"data.plain", "data.talks"}) {
        shop.as("tenant").set("secrets", "default", "login", field, coded("s3cret-upstream"));
      }
      shop.as("tenant")
          .set("secrets", "default", "login", "metadata.annotations.hint", "s3cret-upstream");
      await().atMost(LIMIT).until(() -> syncer.conflicts().size() == 3);
      shop.faults()
          .on(Verb.APPLY, "secrets")
          .times(1)
          .respondText(
              422,
              "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":422,\"reason\":\"Invalid\",\"message\":\"data.plain:"
                  + " Invalid value: s3cret-physical\"}");
      edge.as("kubectl").set("secrets", "default", "login", "data.plain", coded("s3cret-physical"));
      await().atMost(LIMIT).until(() -> verdict(syncer) == Explanation.Verdict.FAILED);
      tell(syncer);
      edge.as("kubectl").set("secrets", "default", "login", "data.talks", coded("s3cret-physical"));
      edge.as("kubectl")
          .set("secrets", "default", "login", "metadata.annotations.hint", "s3cret-physical");
      await().atMost(LIMIT).until(() -> verdict(syncer) == Explanation.Verdict.CONFLICTING);
      await().atMost(LIMIT).until(() -> syncer.conflicts().size() >= 5);
      tell(syncer);
    }

    new CoreV1Api(shop.client())
        .listEventForAllNamespaces()
        .execute()
        .getItems()
        .forEach(event -> said.add(event.toString()));
    said.add(
        shop.find("synctargets.workload.kcp.io", "", "edge-1").orElseThrow().asMap().toString());
    shop.find("secrets", "default", "login")
        .orElseThrow()
        .annotations()
        .forEach((key, value) -> said.add(key.equals("hint") ? "" : key + "=" + value));
    said.add(registry.getMetersAsString());
    assertThat(said).anyMatch(text -> text.contains("StrategyFailed") || text.contains("threw"));
    for (String value : new String[] {"s3cret-first", "s3cret-physical", "s3cret-upstream"}) {
      assertThat(said)
          .filteredOn(
              text ->
                  !text.startsWith("org.eclipse.jetty")
                      && !text.startsWith("io.kcp.upstream.testkit"))
          .noneMatch(text -> text.contains(value) || text.contains(coded(value)));
    }
  }

  private static UpstreamSyncer syncer(TestCluster edge, TestCluster shop, SyncRuntime runtime) {
    return UpstreamSyncer.builder(
            PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), "edge-1")
        .plugins(Plugins.none().with(new Talks()))
        .runtime(runtime)
        .build();
  }

  private static Explanation.Verdict verdict(UpstreamSyncer syncer) {
    return syncer.explain(LOGIN).verdict();
  }

  private void tell(UpstreamSyncer syncer) {
    said.add(syncer.explain(LOGIN).toString());
    said.add(syncer.plan().toString());
    said.add(syncer.state().toString());
    for (ConflictRecord record : syncer.conflicts()) {
      said.add(record + " " + record.physicalValue() + record.upstreamValue() + record.reason());
    }
  }
}
