package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TestObjects.CONFIG_MAPS;
import static io.kcp.upstream.testkit.server.TestObjects.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.testkit.server.RunningServer.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrudIT {
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

  private final RunningServer server = RunningServer.plain();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void createsReadsUpdatesAndDeletes() {
    Answer created = server.post(CONFIG_MAPS, configMap("a", "1"));
    Answer updated = server.put(CONFIG_MAPS + "/a", configMap("a", "2"));
    Answer read = server.get(CONFIG_MAPS + "/a");
    Answer deleted = server.delete(CONFIG_MAPS + "/a");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.string("metadata", "uid")).hasSize(36);
    assertThat(created.string("metadata", "creationTimestamp")).endsWith("Z");
    assertThat(read.body()).isEqualTo(updated.body());
    assertThat(read.at("data", "key")).isEqualTo("2");
    assertThat(Long.parseLong(Meta.version(updated.body())))
        .isGreaterThan(Long.parseLong(Meta.version(created.body())));
    assertThat(deleted.string("status")).isEqualTo("Success");
    assertThat(deleted.at("details", "kind")).isEqualTo("configmaps");
    assertThat(server.get(CONFIG_MAPS + "/a").string("message"))
        .isEqualTo("configmaps \"a\" not found");
  }

  @Test
  void refusesASecondObjectOfTheSameName() {
    server.post(CONFIG_MAPS, configMap("a", "1"));

    Answer again = server.post(CONFIG_MAPS, configMap("a", "1"));

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.string("reason")).isEqualTo("AlreadyExists");
  }

  @Test
  void refusesAStaleVersion() {
    Answer created = server.post(CONFIG_MAPS, configMap("a", "1"));
    server.put(CONFIG_MAPS + "/a", configMap("a", "2"));

    Answer stale = server.put(CONFIG_MAPS + "/a", created.text());

    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.string("reason")).isEqualTo("Conflict");
    assertThat(server.get(CONFIG_MAPS + "/a").at("data", "key")).isEqualTo("2");
  }

  @Test
  void keepsTheVersionWhenNothingChanges() {
    Answer created = server.post(CONFIG_MAPS, configMap("a", "1"));

    Answer put = server.put(CONFIG_MAPS + "/a", configMap("a", "1"));
    Answer patch = server.patch(CONFIG_MAPS + "/a", RunningServer.MERGE, "{}");

    assertThat(Meta.version(put.body())).isEqualTo(Meta.version(created.body()));
    assertThat(Meta.version(patch.body())).isEqualTo(Meta.version(created.body()));
  }

  @Test
  void makesUpNames() {
    Answer created = server.post(CONFIG_MAPS, "{\"metadata\": {\"generateName\": \"made-\"}}");

    assertThat(created.string("metadata", "name")).matches("made-[a-z2-9]{5}");
  }

  @Test
  void storesNothingOnADryRun() {
    Answer dry = server.post(CONFIG_MAPS + "?dryRun=All", configMap("a", "1"));

    assertThat(dry.status()).isEqualTo(201);
    assertThat(dry.at("metadata", "resourceVersion")).isNull();
    assertThat(server.get(CONFIG_MAPS + "/a").status()).isEqualTo(404);
  }

  @Test
  void waitsForFinalizersAndThenDeletes() {
    server.post(CONFIG_MAPS, "{\"metadata\": {\"name\": \"a\", \"finalizers\": [\"ex.io/hold\"]}}");

    Answer deleted = server.delete(CONFIG_MAPS + "/a");
    Answer held = server.get(CONFIG_MAPS + "/a");
    Answer released =
        server.patch(
            CONFIG_MAPS + "/a", RunningServer.MERGE, "{\"metadata\": {\"finalizers\": null}}");

    assertThat(deleted.string("metadata", "deletionTimestamp")).isNotEmpty();
    assertThat(held.status()).isEqualTo(200);
    assertThat(released.status()).isEqualTo(200);
    assertThat(server.get(CONFIG_MAPS + "/a").status()).isEqualTo(404);
  }

  @Test
  void deletesOnlyTheObjectThatIsMeant() {
    server.post(CONFIG_MAPS, configMap("a", "1"));

    Answer other =
        server.send(
            "DELETE",
            CONFIG_MAPS + "/a",
            "application/json",
            "{\"preconditions\": {\"uid\": \"other\"}}");

    assertThat(other.status()).isEqualTo(409);
    assertThat(server.get(CONFIG_MAPS + "/a").status()).isEqualTo(200);
  }

  @Test
  void raisesTheGenerationWithTheSpecAlone() {
    server.post(DEPLOYMENTS, TestObjects.deployment("d"));

    Answer labelled =
        server.patch(
            DEPLOYMENTS + "/d",
            RunningServer.MERGE,
            "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}");
    Answer scaled =
        server.patch(DEPLOYMENTS + "/d", RunningServer.MERGE, "{\"spec\": {\"replicas\": 3}}");
    Answer reported =
        server.patch(
            DEPLOYMENTS + "/d/status", RunningServer.MERGE, "{\"status\": {\"replicas\": 3}}");

    assertThat(labelled.at("metadata", "generation")).isEqualTo(1L);
    assertThat(scaled.at("metadata", "generation")).isEqualTo(2L);
    assertThat(reported.at("metadata", "generation")).isEqualTo(2L);
    assertThat(reported.at("status", "replicas")).isEqualTo(3L);
  }

  @Test
  void keepsStatusAndSpecApart() {
    server.post(DEPLOYMENTS, TestObjects.deployment("d"));

    Answer main =
        server.patch(DEPLOYMENTS + "/d", RunningServer.MERGE, "{\"status\": {\"replicas\": 9}}");
    Answer status =
        server.patch(
            DEPLOYMENTS + "/d/status", RunningServer.MERGE, "{\"spec\": {\"replicas\": 9}}");

    assertThat(main.at("status", "replicas")).isNull();
    assertThat(status.at("spec", "replicas")).isEqualTo(2L);
  }

  @Test
  void scales() {
    server.post(DEPLOYMENTS, TestObjects.deployment("d"));

    Answer scale =
        server.patch(
            DEPLOYMENTS + "/d/scale", RunningServer.MERGE, "{\"spec\": {\"replicas\": 5}}");

    assertThat(scale.string("kind")).isEqualTo("Scale");
    assertThat(scale.at("status", "selector")).isEqualTo("app=a");
    assertThat(server.get(DEPLOYMENTS + "/d").at("spec", "replicas")).isEqualTo(5L);
  }

  @Test
  void namesEveryInvalidField() {
    Answer answer =
        server.post(CONFIG_MAPS, "{\"metadata\": {\"name\": \"A_\", \"labels\": {\"x\": \"!\"}}}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(Tree.maps(answer.body(), "details", "causes"))
        .extracting(cause -> cause.get("field"))
        .containsExactly("metadata.name", "metadata.labels");
  }

  @Test
  void assignsClusterAddressesAndKeepsThem() {
    String service = "{\"metadata\": {\"name\": \"s\"}, \"spec\": {\"ports\": [{\"port\": 80}]}}";
    Answer created = server.post("/api/v1/namespaces/default/services", service);

    Answer updated = server.put("/api/v1/namespaces/default/services/s", service);
    Answer moved =
        server.patch(
            "/api/v1/namespaces/default/services/s",
            RunningServer.MERGE,
            "{\"spec\": {\"clusterIP\": \"10.1.2.3\"}}");

    assertThat(created.string("spec", "clusterIP")).startsWith("10.");
    assertThat(updated.at("spec", "clusterIP")).isEqualTo(created.at("spec", "clusterIP"));
    assertThat(moved.status()).isEqualTo(422);
  }

  @Test
  void appliesAndReportsConflicts() {
    String path = CONFIG_MAPS + "/a?fieldManager=";
    Answer created = server.patch(path + "one", RunningServer.APPLY, configMap("a", "1"));
    Answer conflict = server.patch(path + "two", RunningServer.APPLY, configMap("a", "2"));
    Answer forced = server.patch(path + "two&force=true", RunningServer.APPLY, configMap("a", "2"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(conflict.status()).isEqualTo(409);
    assertThat(Tree.maps(conflict.body(), "details", "causes"))
        .containsExactly(
            Map.of(
                "reason",
                "FieldManagerConflict",
                "message",
                "conflict with \"one\"",
                "field",
                ".data.key"));
    assertThat(forced.at("data", "key")).isEqualTo("2");
  }

  @Test
  void answersWhatItDoesNotModelWith501() {
    Answer answer = server.get("/api/v1/namespaces/default/pods/p/log");

    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.string("message")).contains("pods/log");
  }

  @Test
  void deletesASelectedCollection() {
    server.post(CONFIG_MAPS, TestObjects.labelled("a", "web"));
    server.post(CONFIG_MAPS, TestObjects.labelled("b", "db"));

    Answer deleted = server.delete(CONFIG_MAPS + "?labelSelector=tier%3Dweb");

    assertThat(deleted.names()).isEqualTo(List.of("a"));
    assertThat(server.get(CONFIG_MAPS).names()).isEqualTo(List.of("b"));
  }
}
