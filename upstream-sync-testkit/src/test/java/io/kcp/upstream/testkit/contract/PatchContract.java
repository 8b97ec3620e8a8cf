package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** JSON patch, merge patch, strategic merge patch. */
abstract class PatchContract extends ApiServerContract {
  private static final String REJECTED =
      "the server rejected our request due to an error in our request";

  @Test
  @DisplayName("item 51: JSON patch does what RFC 6902 says")
  void jsonPatches() {
    server.post(configMaps(), configMap("a"));

    Answer patched =
        server.jsonPatch(
            configMaps() + "/a",
            """
            [{op: test, path: /data/k, value: v}, {op: add, path: /data/a, value: x},
             {op: copy, from: /data/a, path: /data/b}, {op: move, from: /data/b, path: /data/c},
             {op: replace, path: /data/k, value: w}, {op: add, path: /metadata/labels, value: {l: m}},
             {op: add, path: /data/a~1b, value: 'no'}, {op: remove, path: /data/a~1b}]
            """);

    patched.is(200).holds("/data", "{a: x, c: x, k: w}");
    assertThat(patched.at("/metadata/labels/l")).isEqualTo("m");
    server.post(widgets(), widget("a", "words: [x, 'y']"));
    assertThat(
            server
                .jsonPatch(
                    widgets() + "/a",
                    "[{op: add, path: /spec/words/-, value: z}, {op: add, path: /spec/words/0, value: w}, {op: remove, path: /spec/words/2}]")
                .at("/spec/words"))
        .isEqualTo("[\"w\",\"x\",\"z\"]");
  }

  @Test
  @DisplayName("item 51: a JSON patch that does not fit")
  void refusesJsonPatchesThatDoNotFit() {
    server.post(configMaps(), configMap("a"));
    String path = configMaps() + "/a";

    for (String patch :
        new String[] {
          "[{op: test, path: /data/k, value: x}]",
          "[{op: remove, path: /data/none}]",
          "[{op: add, path: /none/deep, value: x}]"
        }) {
      Answer answer = server.jsonPatch(path, patch).refused(422, "Invalid", REJECTED);
      assertThat(answer.at("/details")).isEqualTo("{}");
    }
    server.jsonPatch(path, "{op: remove, path: /data/k}").refused(400, "BadRequest");
    server
        .jsonPatch(path, "[{op: replace, path: /data/none, value: x}]")
        .is(200)
        .holds("/data", "{k: v, none: x}");
  }

  @Test
  @DisplayName("item 52: merge patch: null deletes, lists are replaced")
  void mergePatches() {
    server.post(widgets(), widget("a", "size: 1, limit: 50, words: [a, b], opts: {a: b, c: d}"));

    Answer patched =
        server.merge(widgets() + "/a", "{spec: {limit: null, words: [c], opts: {a: null, e: f}}}");

    assertThat(patched.is(200).has("/spec/limit")).isFalse();
    assertThat(patched.at("/spec/words")).isEqualTo("[\"c\"]");
    patched.holds("/spec/opts", "{c: d, e: f}");
    assertThat(patched.at("/spec/size")).isEqualTo("1");
    server.merge(widgets() + "/a", "[]").refused(400, "BadRequest");
  }

  @Test
  @DisplayName("item 52: nulls that a patch leaves in custom resources are dropped")
  void dropsNullsThatAPatchLeaves() {
    server.post(widgets(), widget("a", "size: 1"));

    Answer patched = server.merge(widgets() + "/a", "{spec: {parts: [{name: a, image: null}]}}");
    Answer added = server.jsonPatch(widgets() + "/a", "[{op: add, path: /spec/word, value: null}]");
    Answer nick = server.jsonPatch(widgets() + "/a", "[{op: add, path: /spec/nick, value: null}]");
    Answer color =
        server.jsonPatch(widgets() + "/a", "[{op: add, path: /spec/color, value: null}]");

    assertThat(patched.is(200).at("/spec/parts")).isEqualTo("[{\"name\":\"a\"}]");
    assertThat(added.is(200).has("/spec/word")).isFalse();
    assertThat(nick.is(200).node("/spec/nick").isNull()).isTrue();
    assertThat(color.is(200).at("/spec/color")).isEqualTo("red");
  }

  @Test
  @DisplayName("item 53: strategic merge patch by the keys of lists")
  void strategicMergePatches() {
    server.post(deployments(), deployment("d")).is(201);
    String path = deployments() + "/d";
    String containers = "{spec: {template: {spec: {containers: [%s]}}}}";

    Answer added = server.strategic(path, containers.formatted("{name: d, image: j}"));
    Answer changed = server.strategic(path, containers.formatted("{name: c, image: k}"));
    Answer deleted = server.strategic(path, containers.formatted("{name: d, $patch: delete}"));
    Answer replaced =
        server.strategic(path, containers.formatted("{$patch: replace}, {name: z, image: z}"));

    String names = "/spec/template/spec/containers";
    assertThat(added.is(200).each(names, "/name")).containsExactlyInAnyOrder("c", "d");
    assertThat(changed.each(names, "/image")).containsExactlyInAnyOrder("j", "k");
    assertThat(deleted.each(names, "/name")).containsExactly("c");
    assertThat(replaced.each(names, "/name")).containsExactly("z");
  }

  @Test
  @DisplayName("item 53: directives for strings, order and the only keys")
  void followsDirectives() {
    server.post(
        configMaps(), "{metadata: {name: a, finalizers: [ex.io/a, ex.io/b]}, data: {k: v, l: w}}");
    String path = configMaps() + "/a";

    Answer fewer =
        server.strategic(path, "{metadata: {$deleteFromPrimitiveList/finalizers: [ex.io/a]}}");
    Answer more = server.strategic(path, "{metadata: {finalizers: [ex.io/c]}}");
    Answer sorted =
        server.strategic(
            path,
            "{metadata: {$setElementOrder/finalizers: [ex.io/b, ex.io/c], finalizers: [ex.io/c]}}");
    Answer only = server.strategic(path, "{data: {$retainKeys: [m], m: x}}");
    Answer whole = server.strategic(path, "{data: {$patch: replace, n: x}}");

    assertThat(fewer.is(200).at("/metadata/finalizers")).isEqualTo("[\"ex.io/b\"]");
    assertThat(more.at("/metadata/finalizers")).isEqualTo("[\"ex.io/c\",\"ex.io/b\"]");
    assertThat(sorted.is(200).at("/metadata/finalizers")).isEqualTo("[\"ex.io/b\",\"ex.io/c\"]");
    assertThat(only.is(200).at("/data")).isEqualTo("{\"m\":\"x\"}");
    assertThat(whole.is(200).at("/data")).isEqualTo("{\"n\":\"x\"}");
    server.strategic(path, "{data: {$patch: wild}}").refused(500, "");
  }

  @Test
  @DisplayName("item 53: custom resources have no strategic merge patch")
  void knowsNoStrategicMergeOfCustomResources() {
    server.post(widgets(), widget("a", "size: 1"));

    server
        .strategic(widgets() + "/a", "{spec: {size: 2}}")
        .refused(
            415,
            "UnsupportedMediaType",
            "the body of the request was in an unknown format - accepted media types include:"
                + " application/json-patch+json, application/merge-patch+json,"
                + " application/apply-patch+yaml");
  }

  @Test
  @DisplayName("item 55: a patch never creates, and its result is checked like any write")
  void checksWhatAPatchMakes() {
    server.jsonPatch(configMaps() + "/a", "[]").refused(404, "NotFound");
    server.strategic(configMaps() + "/a", "{}").refused(404, "NotFound");
    server.post(widgets(), widget("a", "size: 1"));

    assertThat(server.merge(widgets() + "/a", "{spec: {size: 0}}").refused(422, "Invalid").causes())
        .containsExactly("FieldValueInvalid spec.size");
    assertThat(server.merge(widgets() + "/a", "{spec: {color: null}}").at("/spec/color"))
        .isEqualTo("red");
    assertThat(server.merge(widgets() + "/a", "{spec: {strange: 1}}").header("warning"))
        .isEqualTo("299 - \"unknown field \\\"spec.strange\\\"\"");
    server
        .merge(widgets() + "/a", "{metadata: {name: b}}")
        .refused(
            400, "BadRequest", "the name of the object (b) does not match the name on the URL (a)");
    server
        .merge(widgets() + "/a", "{metadata: {namespace: b}}")
        .refused(
            400,
            "BadRequest",
            "the namespace of the provided object does not match the namespace sent on the request");
  }

  @Test
  @DisplayName("item 55: uid and version of a patch are conditions; force is for apply")
  void takesConditionsFromAPatch() {
    server.post(widgets(), widget("a", "size: 1"));
    String other = "{metadata: {uid: 00000000-0000-4000-8000-000000000000}}";

    assertThat(server.merge(widgets() + "/a", other).refused(422, "Invalid").causes())
        .containsExactly("FieldValueInvalid metadata.uid");
    server.merge(widgets() + "/a", "{metadata: {resourceVersion: '1'}}").refused(409, "Conflict");
    Answer forced =
        server.send(
            "PATCH", widgets() + "/a?force=true", Caller.MERGE, Caller.json("{spec: {size: 2}}"));
    forced.refused(
        422,
        "Invalid",
        "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for non-apply patch");
  }
}
