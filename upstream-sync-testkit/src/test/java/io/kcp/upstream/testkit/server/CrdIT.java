package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TestObjects.CRDS;
import static io.kcp.upstream.testkit.server.TestObjects.WIDGETS;
import static io.kcp.upstream.testkit.server.TestObjects.widget;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.testkit.server.RunningServer.Answer;
import io.kcp.upstream.testkit.server.RunningServer.Watch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CrdIT {
  private final RunningServer server = RunningServer.plain();

  @BeforeEach
  void install() {
    assertThat(server.get(WIDGETS).status()).isEqualTo(404);
    server.post(CRDS, TestObjects.widgetCrd());
    await().until(() -> server.get(WIDGETS).status() == 200);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void becomesEstablished() {
    await()
        .untilAsserted(
            () ->
                assertThat(server.get(CRDS + "/widgets.ex.io").text())
                    .contains("\"type\":\"Established\",\"status\":\"True\""));
  }

  @Test
  void prunesDefaultsAndValidates() {
    Answer created =
        server.post(
            WIDGETS,
            "{\"apiVersion\": \"ex.io/v1\", \"kind\": \"Widget\", \"metadata\": {\"name\": \"a\"},"
                + " \"spec\": {\"size\": 1, \"nope\": 1}}");
    Answer invalid = server.post(WIDGETS, widget("b", 0));

    assertThat(created.at("spec", "color")).isEqualTo("red");
    assertThat(created.at("spec", "nope")).isNull();
    assertThat(created.header("warning")).isEqualTo("299 - \"unknown field \\\"spec.nope\\\"\"");
    assertThat(invalid.status()).isEqualTo(422);
    assertThat(Tree.maps(invalid.body(), "details", "causes").get(0))
        .containsEntry("field", "spec.size");
  }

  @Test
  void dropsNullsThatMeanNothing() {
    Answer created =
        server.post(
            WIDGETS,
            "{\"apiVersion\": \"ex.io/v1\", \"kind\": \"Widget\", \"metadata\": {\"name\": \"a\"},"
                + " \"spec\": {\"size\": null, \"color\": null}}");

    assertThat(created.status()).isEqualTo(201);
    assertThat(Tree.map(created.body(), "spec")).containsOnlyKeys("color");
    assertThat(created.at("spec", "color")).isEqualTo("red");
  }

  @Test
  void refusesUnknownFieldsWhenAsked() {
    Answer strict =
        server.post(
            WIDGETS + "?fieldValidation=Strict",
            "{\"apiVersion\": \"ex.io/v1\", \"kind\": \"Widget\", \"metadata\": {\"name\": \"a\"},"
                + " \"nope\": 1}");

    assertThat(strict.status()).isEqualTo(400);
    assertThat(strict.string("message"))
        .isEqualTo(
            "Widget in version \"v1\" cannot be handled as a Widget: strict decoding error:"
                + " unknown field \"nope\"");
  }

  @Test
  void demandsAVersionOnUpdate() {
    server.post(WIDGETS, widget("a", 1));

    assertThat(server.put(WIDGETS + "/a", widget("a", 2)).status()).isEqualTo(422);
  }

  @Test
  void deletionTakesTheObjectsAlong() {
    server.post(WIDGETS, widget("a", 1));

    try (Watch watch = server.watch(WIDGETS + "?watch=1")) {
      server.delete(CRDS + "/widgets.ex.io");

      assertThat(watch.nextName()).isEqualTo("ADDED a");
      assertThat(watch.nextName()).isEqualTo("DELETED a");
      assertThat(watch.next()).isNull();
    }
    await().until(() -> server.get(CRDS + "/widgets.ex.io").status() == 404);
    assertThat(server.get(WIDGETS).text()).isEqualTo("404 page not found\n");
    assertThat(server.get("/apis").text()).doesNotContain("ex.io");
  }

  @Test
  void anObjectWithAFinalizerHoldsTheCrd() {
    server.post(
        WIDGETS,
        "{\"apiVersion\": \"ex.io/v1\", \"kind\": \"Widget\", \"metadata\": {\"name\": \"a\","
            + " \"finalizers\": [\"ex.io/hold\"]}}");
    server.delete(CRDS + "/widgets.ex.io");
    await()
        .until(() -> !server.get(WIDGETS + "/a").string("metadata", "deletionTimestamp").isEmpty());

    server.patch(WIDGETS + "/a", RunningServer.MERGE, "{\"metadata\": {\"finalizers\": null}}");

    await().until(() -> server.get(CRDS + "/widgets.ex.io").status() == 404);
  }

  @Test
  void isInDiscoveryAndOpenApi() {
    Answer resources = server.get("/apis/ex.io/v1");
    Answer schema = server.get("/openapi/v3/apis/ex.io/v1");

    assertThat(Tree.maps(resources.body(), "resources"))
        .extracting(resource -> resource.get("name"))
        .containsExactly("widgets", "widgets/status");
    assertThat(
            schema.at(
                "components",
                "schemas",
                "io.ex.v1.Widget",
                "properties",
                "spec",
                "properties",
                "size",
                "minimum"))
        .isEqualTo(1L);
  }

  @Test
  void printsItsColumns() {
    server.post(WIDGETS, widget("a", 7));

    Answer table = server.get(WIDGETS, "Accept", "application/json;as=Table;g=meta.k8s.io;v=v1");

    assertThat(Tree.maps(table.body(), "columnDefinitions"))
        .extracting(column -> column.get("name"))
        .containsExactly("Name", "Size");
    assertThat(Tree.maps(table.body(), "rows").get(0).get("cells").toString()).isEqualTo("[a, 7]");
  }
}
