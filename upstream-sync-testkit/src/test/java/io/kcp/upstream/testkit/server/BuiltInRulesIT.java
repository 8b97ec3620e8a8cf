package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TestObjects.CONFIG_MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.testkit.server.RunningServer.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInRulesIT {
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
  private static final String SERVICES = "/api/v1/namespaces/default/services";

  private final RunningServer server = RunningServer.plain();

  @AfterEach
  void close() {
    server.close();
  }

  private static List<Object> fields(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    return Tree.maps(answer.body(), "details", "causes").stream()
        .map(cause -> cause.get("field"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"replicas\": -1}|spec.replicas",
        "{\"selector\": {\"matchLabels\": {\"app\": \"x\"}}}|spec.selector",
        "{\"template\": {\"spec\": {\"containers\": [{\"name\": \"c\"}]}}}"
            + "|spec.template.spec.containers[0].image",
        "{\"template\": {\"spec\": {\"restartPolicy\": \"Never\"}}}"
            + "|spec.template.spec.restartPolicy"
      })
  void refusesDeploymentsThatCouldNotRun(String spec, String field) {
    server.post(DEPLOYMENTS, TestObjects.deployment("d"));

    Answer answer =
        server.patch(DEPLOYMENTS + "/d", RunningServer.MERGE, "{\"spec\": " + spec + "}");

    assertThat(fields(answer)).contains(field);
  }

  @Test
  void refusesToChangeWhatIsImmutable() {
    server.post(
        CONFIG_MAPS,
        "{\"metadata\": {\"name\": \"a\"}, \"immutable\": true, \"data\": {\"k\": \"v\"}}");

    Answer answer =
        server.patch(CONFIG_MAPS + "/a", RunningServer.MERGE, "{\"data\": {\"k\": \"w\"}}");

    assertThat(fields(answer)).containsExactly("data");
  }

  @Test
  void refusesAValueOfAnotherType() {
    Answer answer =
        server.post(CONFIG_MAPS, "{\"metadata\": {\"name\": \"a\"}, \"data\": {\"k\": 5}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.string("message")).contains(".data.k");
  }

  @Test
  void anErrorAboutASecretDoesNotShowIt() {
    String secrets = "/api/v1/namespaces/default/secrets";
    server.post(secrets, "{\"metadata\": {\"name\": \"s\"}, \"stringData\": {\"k\": \"hidden\"}}");

    Answer answer =
        server.patch(secrets + "/s", RunningServer.MERGE, "{\"data\": {\"l\": \"!!loud!!\"}}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text()).doesNotContain("loud", "aGlkZGVu");
  }

  @Test
  void nodePortsComeAndGoWithTheTypeAndStayOtherwise() {
    String service =
        "{\"metadata\": {\"name\": \"s\"},"
            + " \"spec\": {\"type\": \"NodePort\", \"ports\": [{\"port\": 80}]}}";
    Answer created = server.post(SERVICES, service);
    Answer same = server.put(SERVICES + "/s", service);
    Answer inner =
        server.patch(SERVICES + "/s", RunningServer.MERGE, "{\"spec\": {\"type\": \"ClusterIP\"}}");

    Map<String, Object> port = Tree.maps(created.body(), "spec", "ports").get(0);
    assertThat((Long) port.get("nodePort")).isBetween(30_000L, 32_767L);
    assertThat(same.at("spec", "ports")).isEqualTo(created.at("spec", "ports"));
    assertThat(Tree.maps(inner.body(), "spec", "ports").get(0)).doesNotContainKey("nodePort");
  }

  @Test
  void aClaimIsProtectedUntilItIsDeleted() {
    String claims = "/api/v1/namespaces/default/persistentvolumeclaims";
    Answer created =
        server.post(
            claims,
            "{\"metadata\": {\"name\": \"c\"}, \"spec\": {\"accessModes\": [\"ReadWriteOnce\"],"
                + " \"resources\": {\"requests\": {\"storage\": \"1Gi\"}}}}");
    Answer deleted = server.delete(claims + "/c");

    assertThat(Meta.finalizers(created.body())).containsExactly("kubernetes.io/pvc-protection");
    assertThat(deleted.string("metadata", "deletionTimestamp")).isNotEmpty();
    org.awaitility.Awaitility.await().until(() -> server.get(claims + "/c").status() == 404);
  }

  @Test
  void eventsAreTheSameUnderBothGroups() {
    server.post(
        "/api/v1/namespaces/default/events",
        "{\"metadata\": {\"name\": \"e\"}, \"message\": \"m\","
            + " \"involvedObject\": {\"kind\": \"Pod\", \"name\": \"p\"}}");

    Answer other = server.get("/apis/events.k8s.io/v1/namespaces/default/events/e");

    assertThat(other.string("apiVersion")).isEqualTo("events.k8s.io/v1");
    assertThat(other.string("note")).isEqualTo("m");
    assertThat(other.string("regarding", "name")).isEqualTo("p");
  }

  @Test
  void evictsPods() {
    String pods = "/api/v1/namespaces/default/pods";
    server.post(
        pods,
        "{\"metadata\": {\"name\": \"p\"},"
            + " \"spec\": {\"containers\": [{\"name\": \"c\", \"image\": \"i\"}]}}");

    Answer evicted =
        server.post(
            pods + "/p/eviction",
            "{\"apiVersion\": \"policy/v1\", \"kind\": \"Eviction\","
                + " \"metadata\": {\"name\": \"p\"}}");

    assertThat(evicted.status()).isEqualTo(201);
    assertThat(server.get(pods + "/p").status()).isEqualTo(404);
  }
}
