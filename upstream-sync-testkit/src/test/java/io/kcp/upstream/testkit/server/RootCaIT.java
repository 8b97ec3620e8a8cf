package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TestObjects.namespace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RootCaIT {
  private static final String NAMESPACES = "/clusters/root:a/api/v1/namespaces";
  private static final String ROOT_CA = "/configmaps/kube-root-ca.crt";

  private final RunningServer server = RunningServer.kcp("root:a");

  @AfterEach
  void close() {
    server.close();
  }

  private String certificate(String namespace) {
    return server.get(NAMESPACES + "/" + namespace + ROOT_CA).string("data", "ca.crt");
  }

  @Test
  void everyNamespaceOfAWorkspaceHasIt() {
    server.post(NAMESPACES, namespace("shop"));

    await().until(() -> certificate("shop").startsWith("-----BEGIN CERTIFICATE-----"));
    await().until(() -> !certificate("default").isEmpty());
  }

  @Test
  void itComesBackWhenItIsDeletedOrChanged() {
    await().until(() -> !certificate("default").isEmpty());
    String right = certificate("default");

    server.patch(
        NAMESPACES + "/default" + ROOT_CA,
        RunningServer.MERGE,
        "{\"data\": {\"ca.crt\": \"wrong\"}}");
    await().until(() -> certificate("default").equals(right));
    server.delete(NAMESPACES + "/default" + ROOT_CA);

    await().until(() -> certificate("default").equals(right));
  }

  @Test
  void itGoesWithItsNamespace() {
    server.post(NAMESPACES, namespace("shop"));
    await().until(() -> !certificate("shop").isEmpty());

    server.delete(NAMESPACES + "/shop");

    await().until(() -> server.get(NAMESPACES + "/shop").status() == 404);
  }

  @Test
  void aPlainServerHasNone() {
    try (RunningServer plain = RunningServer.withGarbageCollector()) {
      plain.post("/api/v1/namespaces", namespace("shop"));

      assertThat(plain.get("/api/v1/configmaps").names()).isEmpty();
    }
  }
}
