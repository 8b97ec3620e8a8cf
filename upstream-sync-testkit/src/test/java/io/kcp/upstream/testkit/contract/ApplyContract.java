package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Server-side apply: managers, conflicts, what is removed. */
abstract class ApplyContract extends ApiServerContract {
  private static final String OTHER = "00000000-0000-4000-8000-000000000000";

  /** The managers of an object, as "manager operation" or "manager operation subresource". */
  static List<String> managers(Answer answer) {
    List<String> managers = new ArrayList<>();
    answer
        .node("/metadata/managedFields")
        .forEach(
            entry ->
                managers.add(
                    (entry.at("/manager").asText()
                            + " "
                            + entry.at("/operation").asText()
                            + " "
                            + entry.at("/subresource").asText())
                        .strip()));
    return managers;
  }

  /** The fields of one manager. */
  static JsonNode fields(Answer answer, String manager, String operation) {
    for (JsonNode entry : answer.node("/metadata/managedFields")) {
      if (entry.at("/manager").asText().equals(manager)
          && entry.at("/operation").asText().equals(operation)
          && entry.at("/subresource").isMissingNode()) {
        return entry.at("/fieldsV1");
      }
    }
    throw new AssertionError("no " + operation + " of " + manager + " in " + answer.text());
  }

  private String widget() {
    return widgets() + "/a";
  }

  @Test
  @DisplayName("item 54: apply takes JSON and YAML")
  void appliesJsonAndYaml() {
    server.apply(configMaps() + "/a", "m", configMap("a")).is(201);
    server
        .raw(
            "PATCH",
            configMaps() + "/a?fieldManager=m",
            Caller.APPLY,
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: w\n")
        .is(200)
        .holds("/data", "{k: w}");
    server
        .raw("PATCH", configMaps() + "/a?fieldManager=m", "application/apply-patch+json", "{}")
        .refused(415, "UnsupportedMediaType");
    server.apply(configMaps() + "/a", "m", "[]").refused(400, "BadRequest");
  }

  @Test
  @DisplayName("item 56: the field manager is required, printable and short")
  void wantsAFieldManager() {
    Answer none = server.raw("PATCH", widget(), Caller.APPLY, widget("a", "size: 1"));
    none.refused(
        422,
        "Invalid",
        "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
    assertThat(none.causes()).containsExactly("FieldValueRequired fieldManager");
    server
        .apply(widget(), "m".repeat(129), widget("a", "size: 1"))
        .refused(
            422,
            "Invalid",
            "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Too long: may not be more than 128 bytes");
    Answer strange = server.apply(widget(), "a%00b", widget("a", "size: 1"));
    strange.refused(
        422,
        "Invalid",
        "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Invalid value: \"a\\x00b\": invalid character U+0000 (at position 1)");
    server.apply(widget(), "m".repeat(128), widget("a", "size: 1")).is(201);
  }

  @Test
  @DisplayName("item 56: other writes are by the parameter or the user agent")
  void namesOtherManagers() {
    Answer agent = server.post(widgets(), widget("a", "size: 1"), "User-Agent", "tool/v1 (linux)");
    Answer given = server.post(widgets() + "?fieldManager=me", widget("b", "size: 1"));

    assertThat(managers(agent)).containsExactly("tool Update");
    assertThat(managers(given)).containsExactly("me Update");
  }

  @Test
  @DisplayName("item 57: what an apply must and must not hold")
  void checksWhatIsApplied() {
    server
        .apply(widget(), "m", "{apiVersion: ex.io/v2, kind: Widget, metadata: {name: a}}")
        .refused(400, "BadRequest", "invalid object type: ex.io/v2, Kind=Widget");
    server
        .apply(widget(), "m", "{apiVersion: ex.io/v1, kind: Gadget, metadata: {name: a}}")
        .refused(400, "BadRequest", "invalid object type: ex.io/v1, Kind=Gadget");
    server
        .apply(widget(), "m", widget("b", "size: 1"))
        .refused(
            400, "BadRequest", "the name of the object (b) does not match the name on the URL (a)");
    server
        .apply(
            widget(),
            "m",
            "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: a, managedFields: [{manager: x}]}}")
        .refused(400, "BadRequest", "metadata.managedFields must be nil");
    server
        .apply(
            widget(),
            "m",
            "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: a, uid: %s}}".formatted(OTHER))
        .refused(
            409,
            "Conflict",
            "Operation cannot be fulfilled on widgets.ex.io \"a\": uid mismatch: the provided object specified uid %s, and no existing object was found"
                .formatted(OTHER));
    server
        .apply(configMaps() + "/a", "m", "{kind: ConfigMap, metadata: {name: a}}")
        .refused(400, "BadRequest");
    server
        .apply(configMaps() + "/a", "m", "{apiVersion: v2, kind: ConfigMap, metadata: {name: a}}")
        .refused(400, "BadRequest");
  }

  @Test
  @DisplayName("item 57: versions and uids in an apply; conflicts of fields come first")
  void takesConditionsFromAnApply() {
    server.apply(widget(), "m", widget("a", "size: 1")).is(201);
    String stale =
        "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: a, resourceVersion: '1'}, spec: {size: %d}}";

    assertThat(
            server.apply(widget(), "n", stale.formatted(1)).refused(409, "Conflict").at("/message"))
        .startsWith(
            "Operation cannot be fulfilled on widgets.ex.io \"a\": the object has been modified");
    assertThat(
            server.apply(widget(), "n", stale.formatted(2)).refused(409, "Conflict").at("/message"))
        .startsWith("Apply failed with 1 conflict");
    assertThat(
            server
                .apply(
                    widget(),
                    "m",
                    "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: a, uid: %s}}"
                        .formatted(OTHER))
                .refused(422, "Invalid")
                .causes())
        .containsExactly("FieldValueInvalid metadata.uid");
    Answer unnamed =
        server.apply(widget(), "m", "{apiVersion: ex.io/v1, kind: Widget, spec: {size: 5}}");
    assertThat(unnamed.is(200).at("/spec/size")).isEqualTo("5");
    server
        .apply(
            widgets() + "/new",
            "m",
            "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: new, resourceVersion: '1'}}")
        .is(201);
  }

  @Test
  @DisplayName("item 58: an apply creates, and notes who applied what")
  void createsAndNotesWhat() {
    Answer made = server.apply(widget(), "m", widget("a", "size: 1")).is(201);

    JsonNode entry = made.node("/metadata/managedFields/0");
    assertThat(entry.at("/manager").asText()).isEqualTo("m");
    assertThat(entry.at("/operation").asText()).isEqualTo("Apply");
    assertThat(entry.at("/apiVersion").asText()).isEqualTo("ex.io/v1");
    assertThat(entry.at("/fieldsType").asText()).isEqualTo("FieldsV1");
    assertThat(entry.at("/time").asText()).endsWith("Z");
    assertThat(entry.has("subresource")).isFalse();
    assertThat(entry.at("/fieldsV1").toString()).isEqualTo("{\"f:spec\":{\"f:size\":{}}}");
    Answer status =
        server.apply(
            widget() + "/status",
            "m",
            "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: a}, status: {ready: 1}}");
    assertThat(managers(status.is(200))).containsExactlyInAnyOrder("m Apply", "m Apply status");
  }

  @Test
  @DisplayName("item 58: what one manager applied and what it wrote are two owners")
  void tellsApplyFromUpdate() {
    server.post(widgets() + "?fieldManager=m", widget("a", "size: 1")).is(201);

    Answer conflict = server.apply(widget(), "m", widget("a", "size: 2"));

    conflict.refused(
        409,
        "Conflict",
        "Apply failed with 1 conflict: conflict with \"m\" using ex.io/v1: .spec.size");
    assertThat(managers(server.apply(widget(), "m", widget("a", "size: 1"))))
        .containsExactlyInAnyOrder("m Apply", "m Update");
  }

  @Test
  @DisplayName("item 58: at most ten entries of updates, the oldest become one")
  void mergesOldEntries() {
    server.post(
        gizmos() + "?fieldManager=m0",
        "{apiVersion: ex.io/v1, kind: Gizmo, metadata: {name: a}, f0: 1}");
    Answer last = null;
    for (int i = 1; i <= 12; i++) {
      last =
          server.send(
              "PATCH",
              gizmos() + "/a?fieldManager=m" + i,
              Caller.MERGE,
              Caller.json("{f%d: 1}".formatted(i)));
    }

    List<String> managers = managers(last.is(200));
    assertThat(managers).hasSize(10).contains("ancient-changes Update", "m12 Update");
  }

  @Test
  @DisplayName("item 59: how paths are written")
  void writesPaths() {
    Answer made =
        server.apply(
            widget(),
            "m",
            """
            {apiVersion: ex.io/v1, kind: Widget, metadata: {name: a, labels: {l: m}, finalizers: [ex.io/f]},
              spec: {parts: [{name: p, count: 1}], ports: [{port: 80, protocol: UDP}], tags: [t],
                words: [a], box: {a: b}, opts: {k: v}, free: {}}}
            """);

    assertThat(made.is(201).status()).isEqualTo(201);
    assertThat(fields(made, "m", "Apply").toString())
        .isEqualTo(
            ("{'f:metadata':{'f:finalizers':{'v:\\\\'ex.io/f\\\\'':{}},'f:labels':{'f:l':{}}},"
                    + "'f:spec':{'f:box':{},'f:free':{},'f:opts':{'f:k':{}},"
                    + "'f:parts':{'k:{\\\\'name\\\\':\\\\'p\\\\'}':{'.':{},'f:count':{},'f:name':{}}},"
                    + "'f:ports':{'k:{\\\\'port\\\\':80,\\\\'protocol\\\\':\\\\'UDP\\\\'}':{'.':{},'f:port':{},'f:protocol':{}}},"
                    + "'f:tags':{'v:\\\\'t\\\\'':{}},'f:words':{}}}")
                .replace("\\\\'", "\\\"")
                .replace('\'', '"'));
  }

  @Test
  @DisplayName("item 59: what is never owned")
  void ownsNoIdentity() {
    Answer made =
        server.apply(
            widget(),
            "m",
            "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: a, namespace: %s}, spec: {size: 1}, status: {ready: 5}}"
                .formatted(ns));

    assertThat(made.is(201).has("/status")).isFalse();
    assertThat(fields(made, "m", "Apply").toString()).isEqualTo("{\"f:spec\":{\"f:size\":{}}}");
    Answer status =
        server.apply(
            widget() + "/status",
            "s",
            "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: a, labels: {x: z}}, spec: {size: 9}, status: {ready: 5}}");
    assertThat(status.is(200).at("/spec/size")).isEqualTo("1");
    assertThat(status.has("/metadata/labels")).isFalse();
    assertThat(status.node("/metadata/managedFields").toString())
        .contains("\"fieldsV1\":{\"f:status\":{\"f:ready\":{}}}");
  }

  @Test
  @DisplayName("item 60: what is no longer applied and nobody else owns goes")
  void removesWhatIsNoLongerApplied() {
    server.apply(
        widget(),
        "m",
        widget("a", "size: 1, limit: 9, color: blue, parts: [{name: p}, {name: q}], tags: [x, z]"));
    server.apply(widget(), "n", widget("a", "limit: 9, tags: [z]")).is(200);

    Answer less = server.apply(widget(), "m", widget("a", "size: 1, parts: [{name: q}]")).is(200);

    assertThat(less.at("/spec/limit")).isEqualTo("9");
    assertThat(less.at("/spec/color")).isEqualTo("red");
    less.holds("/spec/parts", "[{name: q}]").holds("/spec/tags", "[z]");
    Answer none =
        server.apply(widget(), "n", "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: a}}");
    assertThat(none.is(200).has("/spec/limit")).isFalse();
    assertThat(managers(none)).containsExactly("m Apply");
  }

  @Test
  @DisplayName("item 61: conflicts, one and several, by field")
  void namesConflicts() {
    server
        .apply(widget(), "m", widget("a", "size: 1, parts: [{name: p, image: i}], opts: {k: v}"))
        .is(201);
    server.send(
        "PATCH", widget() + "?fieldManager=u", Caller.MERGE, Caller.json("{spec: {limit: 50}}"));

    Answer one = server.apply(widget(), "n", widget("a", "size: 2"));
    one.refused(409, "Conflict", "Apply failed with 1 conflict: conflict with \"m\": .spec.size");
    one.holds(
        "/details",
        "{causes: [{reason: FieldManagerConflict, message: 'conflict with \"m\"', field: .spec.size}]}");
    Answer several =
        server.apply(
            widget(),
            "n",
            widget("a", "size: 2, limit: 60, parts: [{name: p, image: j}], opts: {k: w}"));
    several.refused(
        409,
        "Conflict",
        """
        Apply failed with 4 conflicts: conflicts with "m":
        - .spec.size
        - .spec.opts.k
        - .spec.parts[name="p"].image
        conflicts with "u" using ex.io/v1:
        - .spec.limit"""
            .stripIndent());
    assertThat(several.node("/details/causes")).hasSize(4);
  }

  @Test
  @DisplayName("item 61: equal values are shared; a status conflict names the subresource")
  void sharesEqualValues() {
    server.apply(widget(), "m", widget("a", "size: 1")).is(201);
    Answer shared = server.apply(widget(), "n", widget("a", "size: 1")).is(200);
    assertThat(managers(shared)).containsExactlyInAnyOrder("m Apply", "n Apply");
    String status =
        "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: a}, status: {ready: %d}}";
    server.apply(widget() + "/status", "m", status.formatted(1)).is(200);

    server
        .apply(widget() + "/status", "n", status.formatted(2))
        .refused(
            409,
            "Conflict",
            "Apply failed with 1 conflict: conflict with \"m\" with subresource \"status\": .status.ready");
  }

  @Test
  @DisplayName("item 62: force takes fields from all others")
  void forces() {
    server.apply(widget(), "m", widget("a", "size: 1")).is(201);
    server.apply(widget(), "k", widget("a", "size: 1, limit: 9")).is(200);

    Answer forced = server.apply(widget(), "n&force=true", widget("a", "size: 2")).is(200);

    assertThat(forced.at("/spec/size")).isEqualTo("2");
    assertThat(managers(forced)).containsExactlyInAnyOrder("k Apply", "n Apply");
    assertThat(fields(forced, "k", "Apply").toString()).isEqualTo("{\"f:spec\":{\"f:limit\":{}}}");
    server.apply(widget(), "m&force=false", widget("a", "size: 3")).refused(409, "Conflict");
    server.apply(widget(), "m&force=maybe", widget("a", "size: 3")).is(200);
  }

  @Test
  @DisplayName("item 62: an update to an equal value owns nothing")
  void ownsNothingByAnEqualUpdate() {
    server.apply(widget(), "m", widget("a", "size: 1")).is(201);

    Answer same =
        server.send(
            "PATCH",
            widget() + "?fieldManager=u",
            Caller.MERGE,
            Caller.json("{spec: {size: 1, limit: 9}}"));

    assertThat(fields(same.is(200), "u", "Update").toString())
        .isEqualTo("{\"f:spec\":{\"f:limit\":{}}}");
  }
}
