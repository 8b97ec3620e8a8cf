package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TestObjects.CONFIG_MAPS;
import static io.kcp.upstream.testkit.server.TestObjects.WIDGETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.testkit.server.RunningServer.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What random requests to both servers once found different. */
class SmallPrintIT {
  private static final String PARTIAL = "application/json;as=%s;v=v1;g=meta.k8s.io";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
  private static final String SERVICES = "/api/v1/namespaces/default/services";

  private final RunningServer server = RunningServer.plain();

  @AfterEach
  void close() {
    server.close();
  }

  private List<Map<String, Object>> causes(Answer answer) {
    return Tree.maps(answer.body(), "details", "causes");
  }

  private static String deployment(String ports, String volumes) {
    return """
        {"metadata": {"name": "web"}, "spec": {"selector": {"matchLabels": {"app": "w"}},
         "template": {"metadata": {"labels": {"app": "w"}}, "spec": {"volumes": [%s],
           "containers": [{"name": "a", "image": "i", "ports": [%s]},
                          {"name": "b", "image": "i", "ports": [%s]}]}}}}
        """
        .formatted(volumes, ports, ports);
  }

  @Test
  void onePartialObjectIsNoFormOfAList() {
    String accept = PARTIAL.formatted("PartialObjectMetadata");

    Answer list = server.get(CONFIG_MAPS, "Accept", accept);
    Answer badToken = server.get(CONFIG_MAPS + "?limit=1&continue=none", "Accept", accept);

    assertThat(list.status()).isEqualTo(406);
    assertThat(list.string("message"))
        .isEqualTo(
            "you requested PartialObjectMetadata, but the requested object is a list"
                + " (*core.ConfigMapList)");
    assertThat(badToken.status()).isEqualTo(400);
    assertThat(badToken.string("message"))
        .endsWith(
            "continue key is not valid: invalid character '\\u009e' looking for beginning of"
                + " value");
  }

  @Test
  void anEmptyListOfPartialObjectsHasNullForItems() {
    Answer list = server.get(CONFIG_MAPS, "Accept", PARTIAL.formatted("PartialObjectMetadataList"));

    assertThat(list.body()).containsEntry("items", null);
  }

  @Test
  void aDeletedCollectionOfCustomResourcesHasAnEmptyToken() {
    server.post(TestObjects.CRDS, TestObjects.widgetCrd());
    await().until(() -> server.get(WIDGETS).status() == 200);

    assertThat(server.delete(WIDGETS).at("metadata", "continue")).isEqualTo("");
    assertThat(server.delete(CONFIG_MAPS).at("metadata", "continue")).isNull();
  }

  @Test
  void aJsonPatchCopiesWhatIsNotThereAsNothing() {
    server.post(
        CONFIG_MAPS,
        "{\"metadata\": {\"name\": \"a\", \"labels\": {\"x\": \"1\"}, \"annotations\": {\"x\": \"1\"}}}");

    Answer patched =
        server.patch(
            CONFIG_MAPS + "/a",
            RunningServer.JSON_PATCH,
            "[{\"op\": \"copy\", \"from\": \"/metadata/labels/y\", \"path\": \"/metadata/annotations/y\"}]");

    assertThat(patched.at("metadata", "annotations", "y")).isEqualTo("");
  }

  @Test
  void aWriteOfTheStatusMakesAServiceThatNeverGetsAnAddress() {
    String service =
        "{\"metadata\": {\"name\": \"s\"}, \"spec\": {\"ports\": [{\"port\": 80}]}, \"status\": {}}";

    Answer created = server.put(SERVICES + "/s/status", service);
    Answer updated = server.put(SERVICES + "/s", service);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.at("spec", "clusterIP")).isNull();
    assertThat(updated.at("spec", "clusterIP")).isNull();
    assertThat(updated.at("spec", "ipFamilyPolicy")).isEqualTo("SingleStack");
  }

  @Test
  void aPutThatWouldCreateRefusesAUid() {
    Answer answer =
        server.put(
            SERVICES + "/s",
            "{\"metadata\": {\"name\": \"s\", \"uid\": \"x\"}, \"spec\": {\"ports\": []}}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.string("message"))
        .contains("Key: /registry/services/specs/default/s")
        .endsWith("UID in precondition: x, UID in object meta: ");
  }

  @Test
  void portsThatStandTwiceAreWarnedOfWhenTheyAreWritten() {
    String twice = "{\"containerPort\": 80, \"name\": \"http\"}";

    Answer created = server.post(DEPLOYMENTS, deployment(twice, ""));
    Answer labelled =
        server.patch(
            DEPLOYMENTS + "/web",
            RunningServer.MERGE,
            "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}");
    Answer refused =
        server.patch(DEPLOYMENTS + "/web", RunningServer.MERGE, "{\"spec\": {\"replicas\": -1}}");

    assertThat(created.header("warning"))
        .contains("containers[1].ports[0]: duplicate port definition with")
        .contains("duplicate port name \\\"http\\\"");
    assertThat(labelled.header("warning")).isEmpty();
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.header("warning")).isEmpty();
  }

  @Test
  void aVolumeIsOfOneTypeAndHasItsName() {
    Answer two =
        server.post(
            DEPLOYMENTS,
            deployment(
                "", "{\"name\": \"v\", \"emptyDir\": {}, \"configMap\": {\"name\": \"c\"}}"));
    Answer nameless =
        server.post(DEPLOYMENTS, deployment("", "{\"name\": \"v\", \"configMap\": {}}"));

    assertThat(causes(two).get(0))
        .containsEntry("field", "spec.template.spec.volumes[0].configMap")
        .containsEntry("message", "Forbidden: may not specify more than 1 volume type");
    assertThat(causes(nameless).get(0))
        .containsEntry("field", "spec.template.spec.volumes[0].configMap.name");
  }

  @Test
  void noMoreReplicasAreReadyThanThereAre() {
    server.post(DEPLOYMENTS, deployment("", ""));

    Answer answer =
        server.patch(
            DEPLOYMENTS + "/web/status",
            RunningServer.MERGE,
            "{\"status\": {\"replicas\": 1, \"readyReplicas\": 2}}");

    assertThat(causes(answer))
        .containsExactly(
            Map.of(
                "reason", "FieldValueInvalid",
                "message", "Invalid value: 2: cannot be greater than status.replicas",
                "field", "status.readyReplicas"));
  }

  @Test
  void aSecondDeleteCanSayWhatBecomesOfDependents() {
    server.post(
        CONFIG_MAPS,
        "{\"metadata\": {\"name\": \"a\", \"finalizers\": [\"ex.io/b\", \"ex.io/a\"]}}");
    server.delete(CONFIG_MAPS + "/a");

    server.send(
        "DELETE", CONFIG_MAPS + "/a", "application/json", "{\"propagationPolicy\": \"Orphan\"}");
    Answer more =
        server.patch(
            CONFIG_MAPS + "/a",
            RunningServer.MERGE,
            "{\"metadata\": {\"finalizers\": [\"ex.io/d\", \"ex.io/c\"]}}");

    assertThat(Meta.finalizers(server.get(CONFIG_MAPS + "/a").body()))
        .containsExactly("ex.io/b", "ex.io/a", "orphan");
    assertThat(more.string("message"))
        .endsWith("found new finalizers []string{\"ex.io/c\", \"ex.io/d\"}");
  }

  @Test
  void aManagersStatusStandsBeforeItsOtherWritesInAConflict() {
    server.post(
        SERVICES, "{\"metadata\": {\"name\": \"s\"}, \"spec\": {\"ports\": [{\"port\": 80}]}}");
    server.send(
        "PATCH",
        SERVICES + "/s/status?fieldManager=m",
        RunningServer.MERGE,
        "{\"metadata\": {\"annotations\": {\"a\": \"1\"}}}");
    server.send(
        "PATCH",
        SERVICES + "/s?fieldManager=m",
        RunningServer.MERGE,
        "{\"metadata\": {\"annotations\": {\"b\": \"1\"}}}");

    Answer conflict =
        server.send(
            "PATCH",
            SERVICES + "/s?fieldManager=other",
            RunningServer.APPLY,
            """
            {"apiVersion": "v1", "kind": "Service",
             "metadata": {"name": "s", "annotations": {"a": "2", "b": "2"}}}
            """);

    assertThat(conflict.string("message"))
        .isEqualTo(
            """
            Apply failed with 2 conflicts: conflicts with "m" with subresource "status" using v1:
            - .metadata.annotations.a
            conflicts with "m" using v1:
            - .metadata.annotations.b""");
  }

  @Test
  void tablesOfBatchAndPolicyHaveTheirColumns() {
    String table = "application/json;as=Table;v=v1;g=meta.k8s.io";

    assertThat(columns("/apis/batch/v1/jobs", table))
        .startsWith("Name", "Status", "Completions", "Duration");
    assertThat(columns("/apis/batch/v1/cronjobs", table)).contains("Timezone", "Last Schedule");
    assertThat(columns("/apis/policy/v1/poddisruptionbudgets", table))
        .containsExactly("Name", "Min Available", "Max Unavailable", "Allowed Disruptions", "Age");
    assertThat(columns("/apis/autoscaling/v2/horizontalpodautoscalers", table))
        .contains("Reference", "Targets", "MinPods", "MaxPods");
  }

  private List<String> columns(String path, String table) {
    return Tree.maps(server.get(path, "Accept", table).body(), "columnDefinitions").stream()
        .map(column -> Tree.string(column, "name"))
        .toList();
  }
}
