package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TestObjects.CONFIG_MAPS;
import static io.kcp.upstream.testkit.server.TestObjects.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.testkit.server.RunningServer.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GarbageCollectorIT {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  private final RunningServer server = RunningServer.withGarbageCollector();

  @AfterEach
  void close() {
    server.close();
  }

  private String owner(String name) {
    return server.post(CONFIG_MAPS, configMap(name, "1")).string("metadata", "uid");
  }

  private static String reference(String name, String uid) {
    return """
        {"apiVersion": "v1", "kind": "ConfigMap", "name": "%s", "uid": "%s",
         "blockOwnerDeletion": true}
        """
        .formatted(name, uid);
  }

  private Answer dependent(String name, String... owners) {
    return server.post(
        CONFIG_MAPS,
        """
        {"metadata": {"name": "%s", "finalizers": [%s], "ownerReferences": [%s]}}
        """
            .formatted(
                name, name.startsWith("held") ? "\"ex.io/hold\"" : "", String.join(",", owners)));
  }

  private void deleteWith(String policy, String name) {
    server.send(
        "DELETE",
        CONFIG_MAPS + "/" + name,
        "application/json",
        "{\"propagationPolicy\": \"%s\"}".formatted(policy));
  }

  private Answer get(String name) {
    return server.get(CONFIG_MAPS + "/" + name);
  }

  private void awaitGone(String name) {
    await().until(() -> get(name).status() == 404);
  }

  /** What the collector was told before has been done once this is. */
  private void awaitTurn() {
    assertThat(dependent("turn", reference("none", NOBODY)).status()).isEqualTo(201);
    awaitGone("turn");
  }

  private List<Object> owners(String name) {
    return Tree.list(get(name).body(), "metadata", "ownerReferences");
  }

  @Test
  void anObjectWhoseOwnerNeverWasGoes() {
    assertThat(dependent("a", reference("none", NOBODY)).status()).isEqualTo(201);

    awaitGone("a");
  }

  @Test
  void theSameNameWithAnotherUidIsNotTheOwner() {
    owner("owner");

    dependent("a", reference("owner", NOBODY));

    awaitGone("a");
  }

  @Test
  void withoutItEverythingStays() {
    try (RunningServer plain = RunningServer.plain()) {
      plain.post(
          CONFIG_MAPS,
          "{\"metadata\": {\"name\": \"a\", \"ownerReferences\": [%s]}}"
              .formatted(reference("none", NOBODY)));
      server.post(CONFIG_MAPS, configMap("unrelated", "1"));
      awaitTurn();

      assertThat(plain.get(CONFIG_MAPS + "/a").status()).isEqualTo(200);
    }
  }

  @Test
  void dependentsGoAfterTheirOwnerInTheBackground() {
    String uid = owner("owner");
    dependent("a", reference("owner", uid));
    String a = get("a").string("metadata", "uid");
    dependent("b", reference("a", a));

    deleteWith("Background", "owner");

    assertThat(get("owner").status()).isEqualTo(404);
    awaitGone("a");
    awaitGone("b");
  }

  @Test
  void oneOwnerThatIsThereIsEnoughAndTheOthersAreTakenOff() {
    String first = owner("first");
    String second = owner("second");
    dependent("a", reference("first", first), reference("second", second));

    deleteWith("Background", "first");

    await().until(() -> owners("a").size() == 1);
    assertThat(get("a").status()).isEqualTo(200);
    assertThat(get("a").text()).contains("\"name\":\"second\"");
  }

  @Test
  void inTheForegroundTheOwnerGoesLast() {
    String uid = owner("owner");
    dependent("held-a", reference("owner", uid));

    deleteWith("Foreground", "owner");
    await().until(() -> !get("held-a").string("metadata", "deletionTimestamp").isEmpty());
    awaitTurn();
    Answer waiting = get("owner");
    server.patch(
        CONFIG_MAPS + "/held-a", RunningServer.MERGE, "{\"metadata\": {\"finalizers\": null}}");

    assertThat(Meta.finalizers(waiting.body())).containsExactly("foregroundDeletion");
    awaitGone("owner");
    assertThat(get("held-a").status()).isEqualTo(404);
  }

  @Test
  void ownersInACircleGoToo() {
    String first = owner("first");
    dependent("second", reference("first", first));
    String second = get("second").string("metadata", "uid");
    server.patch(
        CONFIG_MAPS + "/first",
        RunningServer.MERGE,
        "{\"metadata\": {\"ownerReferences\": [%s]}}".formatted(reference("second", second)));

    deleteWith("Foreground", "first");

    awaitGone("first");
    awaitGone("second");
  }

  @Test
  void orphansStayWithoutTheirOwner() {
    String uid = owner("owner");
    dependent("a", reference("owner", uid));

    deleteWith("Orphan", "owner");

    awaitGone("owner");
    assertThat(owners("a")).isEmpty();
    assertThat(get("a").string("metadata", "deletionTimestamp")).isEmpty();
  }

  @Test
  void anOwnerOfAKindThatIsNotServedCountsAsThere() {
    dependent("a", reference("none", NOBODY).replace("ConfigMap", "Gizmo"));
    awaitTurn();

    assertThat(get("a").status()).isEqualTo(200);
  }

  @Test
  void anOwnerInAnotherNamespaceCountsAsAbsent() {
    server.post("/api/v1/namespaces", TestObjects.namespace("shop"));
    String uid =
        server
            .post("/api/v1/namespaces/shop/configmaps", configMap("owner", "1"))
            .string("metadata", "uid");

    dependent("a", reference("owner", uid));

    awaitGone("a");
  }
}
