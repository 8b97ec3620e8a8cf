package io.kcp.upstream.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {
  private static RequestPath parse(String path) {
    return RequestPath.of(RequestPath.parts(path));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/namespaces, '', '', namespaces, '', ''",
    "/api/v1/namespaces/a, '', '', namespaces, a, ''",
    "/api/v1/namespaces/a/status, '', '', namespaces, a, status",
    "/api/v1/namespaces/a/finalize, '', '', namespaces, a, finalize",
    "/api/v1/namespaces/a/pods, '', a, pods, '', ''",
    "/api/v1/namespaces/a/pods/p/log, '', a, pods, p, log",
    "/apis/apps/v1/deployments, apps, '', deployments, '', ''",
    "/apis/apps/v1/namespaces/status/deployments/d, apps, status, deployments, d, ''",
    "/apis/x.io/v1/things/a%2Bb, x.io, '', things, a+b, ''"
  })
  void namesItsParts(
      String path, String group, String namespace, String resource, String name, String sub) {
    assertThat(parse(path))
        .isEqualTo(new RequestPath(group, "v1", namespace, resource, name, sub, false));
  }

  @Test
  void knowsTheOldWatchPaths() {
    RequestPath path = parse("/api/v1/watch/namespaces/a/pods");

    assertThat(path.watch()).isTrue();
    assertThat(path.namespace()).isEqualTo("a");
    assertThat(path.resource()).isEqualTo("pods");
  }

  @Test
  void otherPathsAreNone() {
    assertThat(parse("/version")).isNull();
    assertThat(parse("/api/v1")).isNull();
  }
}
