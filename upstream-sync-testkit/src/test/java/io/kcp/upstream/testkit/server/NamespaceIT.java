package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TestObjects.configMap;
import static io.kcp.upstream.testkit.server.TestObjects.namespace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.testkit.server.RunningServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamespaceIT {
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String SHOP = NAMESPACES + "/shop";

  private final RunningServer server = RunningServer.plain();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void nothingIsCreatedInAMissingNamespace() {
    Answer answer = server.post(SHOP + "/configmaps", configMap("a", "1"));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.string("message")).isEqualTo("namespaces \"shop\" not found");
  }

  @Test
  void aDeletedNamespaceIsEmptiedAndGoes() {
    server.post(NAMESPACES, namespace("shop"));
    server.post(SHOP + "/configmaps", configMap("a", "1"));

    Answer deleted = server.delete(SHOP);

    assertThat(deleted.at("status", "phase")).isEqualTo("Terminating");
    await().until(() -> server.get(SHOP).status() == 404);
    assertThat(server.get(SHOP + "/configmaps").names()).isEmpty();
  }

  @Test
  void aFinalizerHoldsTheNamespaceAndNothingNewComesIn() {
    server.post(NAMESPACES, namespace("shop"));
    server.post(
        SHOP + "/configmaps",
        "{\"metadata\": {\"name\": \"a\", \"finalizers\": [\"ex.io/hold\"]}}");
    server.delete(SHOP);

    Answer late = server.post(SHOP + "/configmaps", configMap("b", "1"));
    await()
        .until(
            () ->
                !server
                    .get(SHOP + "/configmaps/a")
                    .string("metadata", "deletionTimestamp")
                    .isEmpty());
    Answer held = server.get(SHOP);
    server.patch(
        SHOP + "/configmaps/a", RunningServer.MERGE, "{\"metadata\": {\"finalizers\": null}}");

    assertThat(late.status()).isEqualTo(403);
    assertThat(Tree.maps(late.body(), "details", "causes").get(0))
        .containsEntry("reason", "NamespaceTerminating");
    assertThat(held.status()).isEqualTo(200);
    await().until(() -> server.get(SHOP).status() == 404);
  }

  @Test
  void someNamespacesStay() {
    assertThat(server.delete(NAMESPACES + "/default").status()).isEqualTo(403);
  }

  @Test
  void aFinalizerOfTheNamespaceItselfHoldsIt() {
    server.post(
        NAMESPACES, "{\"metadata\": {\"name\": \"shop\", \"finalizers\": [\"ex.io/hold\"]}}");
    server.delete(SHOP);
    await().until(() -> server.get(SHOP).at("spec", "finalizers") == null);

    server.patch(SHOP, RunningServer.MERGE, "{\"metadata\": {\"finalizers\": null}}");

    assertThat(server.get(SHOP).status()).isEqualTo(404);
  }
}
