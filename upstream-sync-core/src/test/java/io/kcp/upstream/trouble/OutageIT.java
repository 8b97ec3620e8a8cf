package io.kcp.upstream.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.testkit.RealApiServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * A real server is killed while things change, and comes back with what it had stored. For how
 * long: {@code -Dtrouble.outage=60}, in seconds.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd")
class OutageIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int OBJECTS = 20;
  private static final long OUTAGE = Long.getLong("trouble.outage", 4);

  private static RealApiServer.Started edge;
  private static RealApiServer.Started shop;

  @BeforeAll
  static void begin() {
    edge = RealApiServer.start();
    shop = RealApiServer.start();
  }

  @AfterAll
  static void end() {
    edge.close();
    shop.close();
  }

  private static UpstreamSyncer started(String ns) throws Exception {
    edge.as("kubectl")
        .apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(ns));
    for (int i = 0; i < OBJECTS; i++) {
      config(ns, i, "begin");
    }
    shop.as("admin")
        .apply(
            """
            apiVersion: workload.kcp.io/v1alpha1
            kind: SyncTarget
            metadata: {name: %s}
            spec:
              upstreamSync:
                namespaces: {include: ["%s"]}
                resources:
                - {resource: configmaps}
                - {resource: services}
                - {group: apps, resource: deployments}
            """
                .formatted(ns, ns));
    UpstreamSyncer syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), ns)
            .plugins(Plugins.none())
            .config(
                SyncerConfig.defaults()
                    .with(
                        new SyncerConfig.Retry(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2)))
            .build();
    syncer.start();
    syncer.awaitInSync(LIMIT);
    return syncer;
  }

  private static void config(String ns, int number, String value) {
    edge.as("kubectl")
        .forceApply(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: config-%d, namespace: %s}
            data: {n: "%s"}
            """
                .formatted(number, ns, value));
  }

  /** Changes go on as far as the physical cluster takes them. */
  private static void changesFor(long millis, String ns, String value) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (int i = 0; System.nanoTime() < deadline; i++) {
      int number = i % OBJECTS;
      Names.attempt(() -> config(ns, number, value));
      var unused = new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
    }
  }

  private static void converges(String ns) {
    for (int i = 0; i < OBJECTS; i++) {
      String name = "config-" + i;
      Object wanted = edge.find("configmaps", ns, name).orElseThrow().string("data.n");
      shop.await("configmaps", ns, name, map -> map.string("data.n").equals(wanted));
    }
  }

  @Test
  void thePhysicalClusterIsKilledAndComesBack() throws Exception {
    isKilledAndComesBack(edge, "below");
  }

  @Test
  void theWorkspaceIsKilledAndComesBack() throws Exception {
    isKilledAndComesBack(shop, "above");
  }

  private void isKilledAndComesBack(RealApiServer.Started killed, String ns) throws Exception {
    try (LogLines log = new LogLines();
        UpstreamSyncer syncer = started(ns)) {
      changesFor(500, ns, "before");
      killed.kill();
      changesFor(OUTAGE * 1000, ns, "meanwhile");
      killed.revive();
      changesFor(500, ns, "after");

      converges(ns);
      syncer.awaitInSync(LIMIT);
      readsWell(log);
    }
  }

  /** One line for each thing that turned, none with a stack trace, and none again and again. */
  private static void readsWell(LogLines log) {
    if (Boolean.getBoolean("trouble.show")) {
      log.lines().forEach(System.out::println);
    }
    assertThat(log.events()).allMatch(event -> event.getThrowableProxy() == null);
    assertThat(log.lines()).allMatch(line -> !line.contains("\n") && line.length() < 300);
    Map<String, Long> alike =
        log.events().stream()
            .collect(Collectors.groupingBy(OutageIT::subject, HashMap::new, Collectors.counting()));
    assertThat(alike).as("%s", log.lines()).allSatisfy((s, n) -> assertThat(n).isLessThan(4));
    assertThat(log.lines()).anyMatch(line -> line.startsWith("WARN"));
    assertThat(log.lines()).hasSizeLessThan(40);
  }

  /** Who says it of what: the sentence up to its reasons. */
  private static String subject(ILoggingEvent event) {
    String line = event.getFormattedMessage();
    int end = line.indexOf(": ", line.indexOf(": ") + 1);
    return event.getLoggerName() + " " + (end < 0 ? line : line.substring(0, end));
  }
}
