package io.kcp.upstream.testkit.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PatchesTest {
  private static final Map<String, Object> OBJECT =
      Yaml.object("{a: {b: [1, 2, 3], c: x}, 'm/n': {'~': 1}, z: null}");

  private static void assertPatched(String patch, String expected) {
    Map<String, Object> before = Json.copy(OBJECT);

    assertThat(Patches.jsonPatch(OBJECT, Yaml.list(patch))).isEqualTo(Yaml.object(expected));
    assertThat(OBJECT).isEqualTo(before);
  }

  @Nested
  class JsonPatches {
    @Test
    void addsReplacesAndRemoves() {
      assertPatched(
          "[{op: add, path: /a/b/1, value: 9}, {op: add, path: /a/b/-, value: 8}, {op: add, path: /n, value: {x: 1}}]",
          "{a: {b: [1, 9, 2, 3, 8], c: x}, 'm/n': {'~': 1}, z: null, n: {x: 1}}");
      assertPatched(
          "[{op: replace, path: /a/b/0, value: 9}, {op: replace, path: /a/c, value: null}, {op: replace, path: /a/new, value: 1}]",
          "{a: {b: [9, 2, 3], c: null, new: 1}, 'm/n': {'~': 1}, z: null}");
      assertPatched(
          "[{op: remove, path: /a/b/-1}, {op: remove, path: /m~1n/~0}, {op: remove, path: /z}]",
          "{a: {b: [1, 2], c: x}, 'm/n': {}}");
    }

    @Test
    void copiesAndMoves() {
      assertPatched(
          "[{op: copy, from: /a, path: /d}, {op: move, from: /a/c, path: /e}, {op: remove, path: /a/b/0}]",
          "{a: {b: [2, 3]}, d: {b: [1, 2, 3], c: x}, e: x, 'm/n': {'~': 1}, z: null}");
    }

    @Test
    void replacesTheWholeObject() {
      assertPatched("[{op: replace, path: '', value: {x: 1}}]", "{x: 1}");
    }

    @Test
    void goesOnAfterATestThatHolds() {
      assertPatched(
          "[{op: test, path: /a/b, value: [1, 2, 3]}, {op: test, path: /absent, value: null}, {op: remove, path: /a}]",
          "{'m/n': {'~': 1}, z: null}");
    }

    @Test
    void refusesWhatCanNotBeDone() {
      for (String operation :
          new String[] {
            "{op: test, path: /a/c, value: y}",
            "{op: remove, path: /nope}",
            "{op: remove, path: /a/b/3}",
            "{op: add, path: /nope/x, value: 1}",
            "{op: add, path: /a/b/4, value: 1}",
            "{op: add, path: /a/b/x, value: 1}",
            "{op: add, path: /a/b/-9, value: 1}",
            "{op: add, path: /a/c/x, value: 1}",
            "{op: add, path: /a}",
            "{op: add, value: 1}",
            "{op: add, path: a, value: 1}",
            "{op: copy, path: /x}",
            "{op: move, from: /nope, path: /x}",
            "{op: replace, path: '', value: 1}",
            "{op: frobnicate, path: /a}"
          }) {
        assertThatThrownBy(() -> Patches.jsonPatch(OBJECT, Yaml.list("[" + operation + "]")))
            .as(operation)
            .isInstanceOfSatisfying(
                PatchException.class, refusal -> assertThat(refusal.code()).isEqualTo(422))
            .hasMessage("the server rejected our request due to an error in our request");
      }
    }

    @Test
    void refusesAListOfWhatIsNoOperation() {
      assertThatThrownBy(() -> Patches.jsonPatch(OBJECT, List.of("x")))
          .isInstanceOfSatisfying(
              PatchException.class, refusal -> assertThat(refusal.code()).isEqualTo(400))
          .hasMessage(
              "error decoding patch: json: cannot unmarshal string into Go value of type handlers.jsonPatchOp");
    }

    @Test
    void refusesWhatIsNoList() {
      assertThatThrownBy(() -> Patches.jsonPatch(OBJECT, Map.of()))
          .isInstanceOfSatisfying(
              PatchException.class, refusal -> assertThat(refusal.code()).isEqualTo(400))
          .hasMessage(
              "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp");
    }

    @Test
    void refusesAnOperationThatIsNoObject() {
      assertThatThrownBy(() -> Patches.jsonPatch(OBJECT, Yaml.list("[x]")))
          .isInstanceOfSatisfying(
              PatchException.class, refusal -> assertThat(refusal.code()).isEqualTo(400))
          .hasMessageContaining("cannot unmarshal string");
    }

    @Test
    void refusesMoreThanTenThousandOperations() {
      assertThatThrownBy(
              () -> Patches.jsonPatch(OBJECT, Collections.nCopies(10_001, Map.of("op", "add"))))
          .isInstanceOfSatisfying(
              PatchException.class, refusal -> assertThat(refusal.code()).isEqualTo(413))
          .hasMessage(
              "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001");
    }
  }

  @Nested
  class MergePatches {
    @Test
    void mergesMapsReplacesListsAndDropsNulls() {
      assertThat(
              Patches.mergePatch(
                  OBJECT, Yaml.object("{a: {b: [4], c: null, d: {e: null, f: 1}}, z: {y: 1}}")))
          .isEqualTo(Yaml.object("{a: {b: [4], d: {f: 1}}, 'm/n': {'~': 1}, z: {y: 1}}"));
    }

    @Test
    void refusesWhatIsNoObject() {
      for (String patch : new String[] {"[1]", "1", "true", "x"}) {
        Object value = Yaml.object("{v: " + patch + "}").get("v");
        assertThatThrownBy(() -> Patches.mergePatch(OBJECT, value))
            .isInstanceOfSatisfying(
                PatchException.class, refusal -> assertThat(refusal.code()).isEqualTo(400))
            .hasMessageStartingWith("error decoding patch: json: cannot unmarshal ")
            .hasMessageEndingWith(" into Go value of type map[string]interface {}");
      }
    }
  }

  /** The results are those of a Kubernetes 1.36 API server. */
  @Nested
  class StrategicMergePatches {
    private static final Schema DEPLOYMENT = Schemas.builtIn("apps", "v1", "Deployment");

    private final Map<String, Object> live =
        Yaml.object(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d, finalizers: [a.b/c, d.e/f]}
            spec:
              strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%}}
              template:
                spec:
                  containers:
                  - {name: x, image: "x:1", args: ["1"], env: [{name: A, value: "1"}, {name: B, value: "2"}], ports: [{containerPort: 80}]}
                  - {name: y, image: "y:1"}
                  - {name: z, image: "z:1"}
                  volumes: [{name: v, emptyDir: {}}, {name: w, configMap: {name: w}}]
                  tolerations: [{key: t}]
            """);

    private Map<String, Object> patched(String patch) {
      Map<String, Object> before = Json.copy(live);
      Map<String, Object> result = Patches.strategicMerge(live, Yaml.object(patch), DEPLOYMENT);
      assertThat(live).isEqualTo(before);
      return result;
    }

    private Map<String, Object> podSpec(String patch) {
      Map<String, Object> result = patched("spec: {template: {spec: " + patch + "}}");
      return Json.map(Json.map(Json.map(result.get("spec")).get("template")).get("spec"));
    }

    private List<String> images(String patch) {
      return Json.list(podSpec(patch).get("containers")).stream()
          .map(container -> Json.string(Json.map(container), "image"))
          .toList();
    }

    @Test
    void listsMergeByTheirKey() {
      assertThat(images("{containers: [{name: y, image: 'y:2'}, {name: n, image: 'n:1'}]}"))
          .containsExactly("x:1", "y:2", "n:1", "z:1");
      assertThat(images("{containers: [{name: y, $patch: delete}]}")).containsExactly("x:1", "z:1");
      assertThat(images("{containers: [{$patch: replace}, {name: q, image: 'q:1'}]}"))
          .containsExactly("q:1");
    }

    @Test
    void listsAreOrderedAsAsked() {
      assertThat(
              images(
                  "{$setElementOrder/containers: [{name: z}, {name: n}, {name: x}], containers: [{name: n, image: 'n:1'}]}"))
          .containsExactly("y:1", "z:1", "n:1", "x:1");
      assertThat(images("{$setElementOrder/containers: [{name: z}, {name: x}, {name: y}]}"))
          .containsExactly("z:1", "x:1", "y:1");
    }

    @Test
    void itemsMergeInTurn() {
      Map<String, Object> spec =
          podSpec(
              "{containers: [{name: x, args: ['2'], env: [{name: A, $patch: delete}, {name: C, value: null}], ports: [{containerPort: 81}]}]}");

      assertThat(Json.list(spec.get("containers")).get(0))
          .isEqualTo(
              Yaml.object(
                  "{name: x, image: 'x:1', args: ['2'], env: [{name: C}, {name: B, value: '2'}], ports: [{containerPort: 81}, {containerPort: 80}]}"));
    }

    @Test
    void onlyRetainedKeysStay() {
      assertThat(
              podSpec(
                  "{volumes: [{$retainKeys: [name, emptyDir], name: w, emptyDir: {}}], tolerations: []}"))
          .containsEntry("volumes", Yaml.list("[{name: v, emptyDir: {}}, {name: w, emptyDir: {}}]"))
          .containsEntry("tolerations", List.of());
    }

    @Test
    void mapsAreReplacedAndDeletedByDirective() {
      assertThat(patched("{spec: {$patch: replace, replicas: 1}}"))
          .containsEntry("spec", Map.of("replicas", 1L));
      assertThat(patched("{spec: {$patch: delete}}")).containsEntry("spec", Map.of());
      assertThat(patched("{metadata: null}")).doesNotContainKey("metadata");
      assertThat(patched("{metadata: {labels: {$patch: replace, q: r}}}")).isEqualTo(live);
    }

    @Test
    void setsOfScalarsMerge() {
      assertThat(patched("{metadata: {finalizers: [g.h/i]}}").get("metadata"))
          .isEqualTo(Yaml.object("{name: d, finalizers: [g.h/i, a.b/c, d.e/f]}"));
      assertThat(
              patched(
                      "{metadata: {$deleteFromPrimitiveList/finalizers: [a.b/c], $setElementOrder/finalizers: [z.z/z, d.e/f], finalizers: [z.z/z]}}")
                  .get("metadata"))
          .isEqualTo(Yaml.object("{name: d, finalizers: [z.z/z, d.e/f]}"));
    }

    @Test
    void newValuesAreFreeOfDirectivesAndNulls() {
      assertThat(
              podSpec(
                      "{initContainers: [{name: i, image: null, env: [{name: A, $patch: delete}, {name: B}]}]}")
                  .get("initContainers"))
          .isEqualTo(Yaml.list("[{name: i, env: [{name: B}]}]"));
    }

    @Test
    void rulesThatAreBrokenAreNamed() {
      assertRefused(
          "{containers: [{image: 'q:1'}]}",
          500,
          "map: map[image:q:1] does not contain declared merge key: name");
      assertRefused(
          "{volumes: [{$retainKeys: [name], name: w, emptyDir: {}}]}",
          400,
          "invalid patch format of retainKeys");
      assertRefused("{$patch: nope}", 500, "unknown patch type: nope in map: map[$patch:nope]");
      assertRefused(
          "{containers: [{$patch: nope}]}",
          500,
          "unknown patch type: nope in map: map[$patch:nope]");
      assertRefused(
          "{$setElementOrder/containers: [{name: z}], containers: [{name: n}]}",
          500,
          "The order in patch list:\n[map[name:n]]\n doesn't match $setElementOrder list:\n[map[name:z]]\n");
      assertThatThrownBy(() -> Patches.strategicMerge(live, List.of(), DEPLOYMENT))
          .hasMessage("json: cannot unmarshal array into Go value of type map[string]interface {}");
    }

    private void assertRefused(String patch, int code, String message) {
      assertThatThrownBy(() -> podSpec(patch))
          .isInstanceOfSatisfying(
              PatchException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
          .hasMessage(message);
    }
  }
}
