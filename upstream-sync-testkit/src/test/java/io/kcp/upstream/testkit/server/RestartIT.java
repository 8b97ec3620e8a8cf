package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TestObjects.CONFIG_MAPS;
import static io.kcp.upstream.testkit.server.TestObjects.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.testkit.server.RunningServer.Watch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RestartIT {
  private final RunningServer server = RunningServer.plain();

  @AfterEach
  void close() {
    server.close();
  }

  private long version() {
    return Long.parseLong(server.get(CONFIG_MAPS).string("metadata", "resourceVersion"));
  }

  @Test
  void endsWatchesAndKeepsObjects() {
    server.post(CONFIG_MAPS, configMap("a", "1"));
    long before = version();

    try (Watch watch = server.watch(CONFIG_MAPS + "?watch=1")) {
      watch.next();
      server.backend().restart(false);
      assertThat(watch.next()).isNull();
    }

    assertThat(server.get(CONFIG_MAPS).names()).containsExactly("a");
    assertThat(version()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void versionsGoBackBelowAllThatWereHandedOut() {
    server.post(CONFIG_MAPS, configMap("a", "1"));
    long first = version();

    server.backend().restart(true);
    long second = version();
    server.post(CONFIG_MAPS, configMap("b", "1"));
    server.backend().restart(true);

    assertThat(second).isLessThan(first);
    assertThat(version()).isLessThan(second);
    assertThat(server.get(CONFIG_MAPS).names()).containsExactly("a", "b");
    assertThat(server.put(CONFIG_MAPS + "/a", configMap("a", "2")).status()).isEqualTo(200);
  }
}
