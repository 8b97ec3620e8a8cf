package io.kcp.upstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kcp.upstream.spi.ObjectTree;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InMemoryApiServerIT extends TestClusterCases {
  private static InMemoryApiServer server;

  @BeforeAll
  static void start() {
    server = InMemoryApiServer.builder().start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  TestCluster cluster() {
    return server;
  }

  @Override
  Surface surface() {
    return ((InMemoryServer) server).whole();
  }

  private static String configMap(String name) {
    return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}}".formatted(name);
  }

  @Test
  void timesAreReadFromTheClock() {
    Clock clock = Clock.fixed(Instant.parse("2020-01-02T03:04:05Z"), ZoneOffset.UTC);
    try (InMemoryApiServer then = InMemoryApiServer.builder().clock(clock).start()) {
      then.as("a").apply(configMap("a"));

      ObjectTree found = then.find("configmaps", "default", "a").orElseThrow();
      assertThat(found.string("metadata.creationTimestamp")).hasValue("2020-01-02T03:04:05Z");
    }
  }

  @Test
  void aRestartKeepsWhatIsStoredAndTheAddress() {
    try (InMemoryApiServer restarted = InMemoryApiServer.builder().start()) {
      restarted.as("a").apply(configMap("kept"));
      String before = version(restarted, "kept");

      restarted.restart(true);

      restarted.as("a").apply(configMap("new"));
      assertThat(restarted.find("configmaps", "default", "kept")).isPresent();
      assertThat(Long.parseLong(version(restarted, "new"))).isLessThan(Long.parseLong(before));
    }
  }

  private static String version(TestCluster cluster, String name) {
    return cluster
        .find("configmaps", "default", name)
        .flatMap(found -> found.string("metadata.resourceVersion"))
        .orElseThrow();
  }

  @Test
  void aPlainServerHasNoWorkspaces() {
    assertThatThrownBy(() -> server.workspace("root:a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("kcp(true)");
    assertThatThrownBy(() -> server.createWorkspace("root:a"))
        .isInstanceOf(IllegalStateException.class);
  }
}
