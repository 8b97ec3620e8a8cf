package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Objects from their creation to their last change. */
abstract class ObjectsContract extends ApiServerContract {
  private static final String OTHER = "00000000-0000-4000-8000-000000000000";
  private static final String UNVERSIONED =
      "metadata.resourceVersion: Invalid value: 0: must be specified for an update";

  private static String lease(String name, String more) {
    return "{metadata: {name: %s%s}, spec: {holderIdentity: x}}".formatted(name, more);
  }

  private String leases() {
    return "/apis/coordination.k8s.io/v1/namespaces/" + ns + "/leases";
  }

  @Test
  @DisplayName("item 14: 201 for what was created, 200 for what was changed")
  void answers201And200() {
    server.post(configMaps(), configMap("a")).is(201);
    server.put(configMaps() + "/a", configMap("a").replace("k: v", "k: w")).is(200);
    server.merge(configMaps() + "/a", "{data: {k: x}}").is(200);
    server.apply(configMaps() + "/a", "m", configMap("a").replace("k: v", "l: x")).is(200);
    server.apply(configMaps() + "/b", "m", configMap("b")).is(201);
    server.get(configMaps() + "/a").is(200);
    server.delete(configMaps() + "/a").is(200);
  }

  @Test
  @DisplayName("item 14: a PUT creates some kinds and no others")
  void createsSomeKindsByPut() {
    server.put(leases() + "/a", lease("a", "")).is(201);
    server
        .put(core("services") + "/s", "{metadata: {name: s}, spec: {ports: [{port: 80}]}}")
        .is(201);
    server
        .put(
            core("events") + "/e",
            "{metadata: {name: e}, involvedObject: {namespace: %s}}".formatted(ns))
        .is(201);
    server
        .put(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/" + ns + "/roles/r",
            "{metadata: {name: r}, rules: []}")
        .is(201);
    server.put(configMaps() + "/a", configMap("a")).is(404);
    server.put(core("secrets") + "/a", "{metadata: {name: a}}").is(404);
    server.put(deployments() + "/d", deployment("d")).is(404);
  }

  @Test
  @DisplayName("item 15: uid, time, version and generation come from the server")
  void setsWhatTheServerSets() {
    Answer made =
        server.post(
            widgets(),
            """
            {apiVersion: ex.io/v1, kind: Widget, metadata: {name: a, uid: %s, generation: 9,
              creationTimestamp: "2001-01-01T00:00:00Z", deletionTimestamp: "2001-01-01T00:00:00Z",
              deletionGracePeriodSeconds: 5, selfLink: x}, spec: {size: 1}}
            """
                .formatted(OTHER));

    made.is(201);
    assertThat(made.at("/metadata/uid")).isNotEqualTo(OTHER);
    assertThat(UUID.fromString(made.at("/metadata/uid")).version()).isEqualTo(4);
    assertThat(made.at("/metadata/creationTimestamp"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(
            Duration.between(Instant.parse(made.at("/metadata/creationTimestamp")), Instant.now()))
        .isBetween(Duration.ofSeconds(-2), Duration.ofMinutes(1));
    assertThat(made.at("/metadata/generation")).isEqualTo("1");
    assertThat(made.version()).isNotEmpty();
    assertThat(made.at("/metadata/namespace")).isEqualTo(ns);
    assertThat(made.has("/metadata/deletionTimestamp")).isFalse();
    assertThat(made.has("/metadata/deletionGracePeriodSeconds")).isFalse();
    assertThat(made.has("/metadata/selfLink")).isFalse();
    assertThat(server.post(configMaps(), configMap("a")).has("/metadata/generation")).isFalse();
  }

  @Test
  @DisplayName("item 16: generated names")
  void generatesNames() {
    String letters = "[bcdfghjklmnpqrstvwxz2456789]{5}";
    String base = "b".repeat(70);

    Answer made = server.post(configMaps(), "{metadata: {generateName: made-}}").is(201);
    Answer cut = server.post(configMaps(), "{metadata: {generateName: %s}}".formatted(base));
    Answer given = server.post(configMaps(), "{metadata: {name: a, generateName: made-}}");

    assertThat(made.at("/metadata/name")).matches("made-" + letters);
    assertThat(made.at("/metadata/generateName")).isEqualTo("made-");
    assertThat(cut.at("/metadata/name")).matches("b{58}" + letters);
    assertThat(given.at("/metadata/name")).isEqualTo("a");
    assertThat(server.post(configMaps(), "{metadata: {generateName: A_}}").status()).isEqualTo(422);
  }

  @Test
  @DisplayName("item 17: one counter of versions for all kinds")
  void countsVersionsAcrossKinds() {
    long first = Long.parseLong(server.post(configMaps(), configMap("a")).version());
    long second = Long.parseLong(server.post(widgets(), widget("a", "size: 1")).version());
    long third = Long.parseLong(server.merge(configMaps() + "/a", "{data: {k: x}}").version());
    Answer list = server.get(configMaps());

    assertThat(first).isGreaterThan(1).isLessThan(second);
    assertThat(second).isLessThan(third);
    assertThat(Long.parseLong(list.version())).isGreaterThanOrEqualTo(third);
    assertThat(list.at("/items/0/metadata/resourceVersion")).isEqualTo(String.valueOf(third));
  }

  @Test
  @DisplayName("item 18: a write that changes nothing leaves the version and makes no event")
  void ignoresWritesThatChangeNothing() {
    Answer made = server.post(configMaps(), configMap("a"));
    try (Watch watch = server.watch(configMaps() + "?watch=1&resourceVersion=" + made.version())) {
      assertThat(server.put(configMaps() + "/a", made.text()).is(200).version())
          .isEqualTo(made.version());
      assertThat(server.put(configMaps() + "/a", configMap("a")).version())
          .isEqualTo(made.version());
      assertThat(server.merge(configMaps() + "/a", "{}").version()).isEqualTo(made.version());
      assertThat(server.merge(configMaps() + "/a", "{data: {k: v}}").version())
          .isEqualTo(made.version());
      assertThat(server.jsonPatch(configMaps() + "/a", "[]").version()).isEqualTo(made.version());
      server.post(configMaps(), configMap("b"));

      assertThat(watch.nextName()).isEqualTo("ADDED b");
    }
    Answer applied = server.apply(configMaps() + "/c", "m", configMap("c"));
    assertThat(server.apply(configMaps() + "/c", "m", configMap("c")).version())
        .isEqualTo(applied.version());
  }

  @Test
  @DisplayName("item 19: the generation counts changes outside metadata and status")
  void raisesTheGenerationWithTheSpec() {
    server.post(widgets(), widget("a", "size: 1")).is(201);

    assertGeneration("1", server.merge(widgets() + "/a", "{metadata: {labels: {a: b}}}"));
    assertGeneration("1", server.merge(widgets() + "/a", "{metadata: {annotations: {a: b}}}"));
    assertGeneration("1", server.merge(widgets() + "/a/status", "{status: {ready: 1}}"));
    assertGeneration("1", server.merge(widgets() + "/a", "{metadata: {generation: 7}}"));
    assertGeneration("2", server.merge(widgets() + "/a", "{spec: {size: 2}}"));
    assertGeneration("2", server.merge(widgets() + "/a", "{metadata: {finalizers: [ex.io/x]}}"));
    assertGeneration("3", server.delete(widgets() + "/a"));
    server.post(gizmos(), "{apiVersion: ex.io/v1, kind: Gizmo, metadata: {name: a}}").is(201);
    assertGeneration("2", server.merge(gizmos() + "/a", "{status: {ready: 1}}"));
  }

  private static void assertGeneration(String wanted, Answer answer) {
    assertThat(answer.is(200).at("/metadata/generation")).isEqualTo(wanted);
  }

  @Test
  @DisplayName("item 19: kinds with and without a generation; annotations of Deployments count")
  void knowsWhichKindsHaveAGeneration() {
    server.post(deployments(), deployment("d")).is(201);

    assertGeneration("1", server.merge(deployments() + "/d", "{metadata: {labels: {a: b}}}"));
    assertGeneration("2", server.merge(deployments() + "/d", "{metadata: {annotations: {a: b}}}"));
    assertGeneration("3", server.merge(deployments() + "/d", "{spec: {replicas: 3}}"));
    for (String made :
        new String[] {
          server.post(core("secrets"), "{metadata: {name: s}}").text(),
          server.post(core("serviceaccounts"), "{metadata: {name: s}}").text(),
          server
              .post(core("services"), "{metadata: {name: s}, spec: {ports: [{port: 80}]}}")
              .text(),
          server.get("/api/v1/namespaces/" + ns).text()
        }) {
      assertThat(made).contains("creationTimestamp").doesNotContain("generation\"");
    }
  }

  @Test
  @DisplayName("item 20: what no client can change")
  void keepsWhatNoClientCanChange() {
    Answer made = server.post(widgets(), widget("a", "size: 1")).is(201);

    Answer put =
        server.put(
            widgets() + "/a",
            """
            {apiVersion: ex.io/v1, kind: Widget, metadata: {name: a, resourceVersion: "%s",
              creationTimestamp: "2001-01-01T00:00:00Z", generation: 77, selfLink: x},
              spec: {size: 2}}
            """
                .formatted(made.version()));

    put.is(200);
    assertThat(put.at("/metadata/uid")).isEqualTo(made.at("/metadata/uid"));
    assertThat(put.at("/metadata/creationTimestamp"))
        .isEqualTo(made.at("/metadata/creationTimestamp"));
    assertThat(put.at("/metadata/generation")).isEqualTo("2");
    assertThat(put.has("/metadata/selfLink")).isFalse();
    assertThat(
            server
                .put(
                    widgets() + "/a",
                    """
                    {apiVersion: ex.io/v1, kind: Widget, metadata: {name: a, resourceVersion: "%s",
                      deletionTimestamp: "2001-01-01T00:00:00Z"}, spec: {size: 2}}
                    """
                        .formatted(put.version()))
                .refused(422, "Invalid")
                .causes())
        .containsExactly("FieldValueInvalid metadata.deletionTimestamp");
  }

  @Test
  @DisplayName("item 20: a PUT with another uid")
  void refusesAPutThatMeansAnotherObject() {
    Answer made = server.post(configMaps(), configMap("a"));
    String uid = made.at("/metadata/uid");

    server
        .put(configMaps() + "/a", "{metadata: {name: a, uid: %s}}".formatted(OTHER))
        .refused(
            409,
            "Conflict",
            "Operation cannot be fulfilled on configmaps \"a\": StorageError: invalid object, Code: 4, Key: /registry/configmaps/%s/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: %s, UID in object meta: %s"
                .formatted(ns, OTHER, uid));
    server.post(widgets(), widget("a", "size: 1"));
    Answer custom =
        server.put(
            widgets() + "/a",
            "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: a, uid: %s, resourceVersion: '1'}}"
                .formatted(OTHER));
    custom.refused(409, "Conflict");
    assertThat(custom.at("/message"))
        .contains("Key: /registry/ex.io/widgets/%s/a, ResourceVersion: 0".formatted(ns));
  }

  @Test
  @DisplayName("item 21: some kinds want a version in a PUT")
  void wantsAVersionInAPutOfSomeKinds() {
    server.post(widgets(), widget("a", "size: 1"));
    server.post(leases(), lease("a", ""));
    server.post(configMaps(), configMap("a"));
    server.post(deployments(), deployment("a"));

    server
        .put(widgets() + "/a", widget("a", "size: 2"))
        .refused(422, "Invalid", "widgets.ex.io \"a\" is invalid: " + UNVERSIONED);
    server
        .put(leases() + "/a", lease("a", ""))
        .refused(422, "Invalid", "leases.coordination.k8s.io \"a\" is invalid: " + UNVERSIONED);
    server.put(configMaps() + "/a", configMap("a").replace("k: v", "k: w")).is(200);
    server.put(deployments() + "/a", deployment("a").replace("replicas: 2", "replicas: 5")).is(200);
  }

  @Test
  @DisplayName("item 21: a patch has no version of its own, but may carry one")
  void patchesWithoutAVersion() {
    Answer made = server.post(widgets(), widget("a", "size: 1"));
    server.merge(widgets() + "/a", "{spec: {size: 2}}").is(200);

    Answer merged = server.merge(widgets() + "/a", "{spec: {size: 3}}").is(200);
    server
        .merge(
            widgets() + "/a",
            "{metadata: {resourceVersion: '%s'}, spec: {size: 4}}".formatted(made.version()))
        .refused(409, "Conflict");
    server
        .merge(
            widgets() + "/a",
            "{metadata: {resourceVersion: '%s'}, spec: {size: 4}}".formatted(merged.version()))
        .is(200);
  }

  @Test
  @DisplayName("item 35: a dry run does all but store")
  void dryRunsStoreNothing() {
    String dry = "?dryRun=All";
    Answer made = server.post(configMaps() + dry, configMap("a")).is(201);
    assertThat(made.at("/metadata/uid")).isNotEmpty();
    assertThat(made.has("/metadata/resourceVersion")).isFalse();
    server.get(configMaps() + "/a").is(404);

    Answer live = server.post(widgets(), widget("a", "size: 1"));
    Answer patched =
        server.send(
            "PATCH", widgets() + "/a" + dry, Caller.MERGE, Caller.json("{spec: {size: 2}}"));
    assertThat(patched.is(200).at("/spec/size")).isEqualTo("2");
    assertThat(patched.at("/metadata/generation")).isEqualTo("2");
    assertThat(patched.version()).isEqualTo(live.version());
    server.delete(widgets() + "/a" + dry).is(200);
    assertThat(server.get(widgets() + "/a").text()).isEqualTo(live.text());
    server.apply(widgets() + "/b", "m&dryRun=All", widget("b", "size: 1")).is(201);
    server.get(widgets() + "/b").is(404);
  }

  @Test
  @DisplayName("item 35: a dry run is refused as the run would be")
  void dryRunsAreRefusedAlike() {
    String dry = "?dryRun=All";
    server.post(configMaps(), configMap("a"));

    server.post(configMaps() + dry, configMap("a")).refused(409, "AlreadyExists");
    server.post(widgets() + dry, widget("a", "size: 0")).refused(422, "Invalid");
    server.delete(configMaps() + "/b" + dry).refused(404, "NotFound");
    Answer other = server.post(configMaps() + "?dryRun=Some", configMap("b"));
    other.refused(422, "Invalid");
    assertThat(other.causes()).containsExactly("FieldValueNotSupported dryRun");
    assertThat(server.delete(configMaps() + "/a", "{dryRun: [Some]}").status()).isEqualTo(422);
  }
}
