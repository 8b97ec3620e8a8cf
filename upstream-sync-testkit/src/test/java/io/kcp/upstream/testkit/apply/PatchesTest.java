package io.kcp.upstream.testkit.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
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
            "{op: frobnicate, path: /a}",
            "x"
          }) {
        assertThatThrownBy(() -> Patches.jsonPatch(OBJECT, Yaml.list("[" + operation + "]")))
            .as(operation)
            .isInstanceOfSatisfying(
                PatchException.class, refusal -> assertThat(refusal.code()).isEqualTo(422))
            .hasMessage("the server rejected our request due to an error in our request");
      }
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
}
