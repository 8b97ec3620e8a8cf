package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Schemas of custom resources, versions, field validation. */
abstract class CrdContract extends ApiServerContract {
  private String widget() {
    return widgets() + "/a";
  }

  @Test
  @DisplayName("item 34: unknown fields are pruned, but not where they are preserved")
  void prunesUnknownFields() {
    Answer made =
        server.post(
            widgets(),
            widget(
                    "a",
                    "size: 1, strange: 1, free: {x: {y: 1}}, any: [1, {z: 2}], parts: [{name: p, odd: 1}]")
                .replace("spec:", "odd: 1, spec:"));

    made.is(201)
        .holds(
            "/spec",
            "{size: 1, color: red, free: {x: {y: 1}}, any: [1, {z: 2}], parts: [{name: p}]}");
    assertThat(made.has("/odd")).isFalse();
  }

  @Test
  @DisplayName("item 34: defaults, nulls, embedded resources")
  void fillsInDefaults() {
    Answer made =
        server.post(
            widgets(),
            widget(
                "a",
                "color: null, nick: null, word: null, ports: [{port: 80}], template: {apiVersion: v1, kind: X, metadata: {name: t, odd: 1}, spec: {x: 1}}"));

    made.is(201)
        .holds(
            "/spec",
            "{color: red, nick: null, ports: [{port: 80, protocol: TCP}], template: {apiVersion: v1, kind: X, metadata: {name: t}, spec: {x: 1}}}");
    assertThat(server.merge(widget(), "{spec: {color: blue}}").at("/spec/color")).isEqualTo("blue");
  }

  @Test
  @DisplayName("item 34: values that the schema refuses, word for word")
  void refusesWhatTheSchemaRefuses() {
    refuses(
        "size: 0",
        "spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1");
    refuses(
        "size: 101",
        "spec.size: Invalid value: 101: spec.size in body should be less than or equal to 100");
    refuses(
        "size: x",
        "spec.size: Invalid value: \"string\": spec.size in body must be of type integer: \"string\"");
    refuses(
        "color: pink",
        "spec.color: Unsupported value: \"pink\": supported values: \"red\", \"green\", \"blue\"");
    refuses(
        "word: A", "spec.word: Invalid value: \"A\": spec.word in body should match '^[a-z]+$'");
    refuses(
        "when: soon",
        "spec.when: Invalid value: \"soon\": spec.when in body must be of type date-time: \"soon\"");
    refuses(
        "port: 1.5",
        "spec.port: Invalid value: \"number\": spec.port in body must be of type integer,string: \"number\"");
    refuses("parts: [{count: 1}]", "spec.parts[0].name: Required value");
    refuses("tags: [a, a]", "spec.tags[1]: Duplicate value: \"a\"");
    refuses("parts: [{name: a}, {name: a}]", "spec.parts[1]: Duplicate value: {\"name\":\"a\"}");
    server.post(widgets(), widget("b", "port: http")).is(201);
    server.post(widgets(), widget("c", "port: 80")).is(201);
  }

  private void refuses(String spec, String why) {
    Answer answer = server.post(widgets(), widget("a", spec));
    answer.refused(422, "Invalid");
    assertThat(answer.at("/message")).startsWith("Widget.ex.io \"a\" is invalid: ").contains(why);
  }

  @Test
  @DisplayName("item 34: every wrong field is a cause")
  void namesEveryWrongField() {
    Answer answer = server.post(widgets(), widget("a", "size: 0, color: pink, word: A"));

    assertThat(answer.refused(422, "Invalid").causes())
        .contains(
            "FieldValueInvalid spec.size",
            "FieldValueNotSupported spec.color",
            "FieldValueInvalid spec.word");
  }

  @Test
  @DisplayName("item 34: CEL rules, also about the old value")
  void checksRules() {
    refuses("size: 5, limit: 4", "spec: Invalid value: size is above the limit");
    server.post(widgets(), widget("a", "grows: 5")).is(201);

    Answer shrunk = server.merge(widget(), "{spec: {grows: 4}}");

    shrunk.refused(
        422,
        "Invalid",
        "Widget.ex.io \"a\" is invalid: spec.grows: Invalid value: 4: must not shrink");
    server.merge(widget(), "{spec: {grows: 6}}").is(200);
  }

  @Test
  @DisplayName("item 34: what was wrong already may stay")
  void toleratesWhatWasWrongAlready() {
    String plural = "r" + ns.replace("-", "");
    String crd =
        """
        {metadata: {name: %1$s.ex.io}, spec: {group: ex.io, scope: Namespaced,
          names: {plural: %1$s, kind: %1$s}, versions: [{name: v1, served: true, storage: true,
            schema: {openAPIV3Schema: {type: object, properties: {
              a: {type: integer, maximum: %2$d}, b: {type: integer, maximum: 9}}}}}]}}
        """;
    server.post(Fixture.CRDS, crd.formatted(plural, 9)).is(201);
    String path = "/apis/ex.io/v1/namespaces/" + ns + "/" + plural;
    eventually(() -> server.get(path).is(200));
    String body =
        "{apiVersion: ex.io/v1, kind: %s, metadata: {name: o}, a: 8, b: 1}".formatted(plural);
    server.apply(path + "/o", "m", body).is(201);
    server.merge(Fixture.CRDS + "/" + plural + ".ex.io", schemaOf(5)).is(200);
    eventually(
        () ->
            server
                .post(path + "?dryRun=All", body.replace("name: o", "name: p"))
                .refused(422, "Invalid"));

    server.merge(path + "/o", "{b: 2}").is(200);
    assertThat(server.merge(path + "/o", "{b: 10}").refused(422, "Invalid").causes())
        .containsExactly("FieldValueInvalid b");
    assertThat(server.merge(path + "/o", "{a: 7}").refused(422, "Invalid").causes())
        .containsExactly("FieldValueInvalid a");
  }

  private static String schemaOf(int maximum) {
    return """
        {spec: {versions: [{name: v1, served: true, storage: true,
            schema: {openAPIV3Schema: {type: object, properties: {
              a: {type: integer, maximum: %d}, b: {type: integer, maximum: 9}}}}}]}}
        """
        .formatted(maximum);
  }

  private static void eventually(Executable check) {
    org.awaitility.Awaitility.await()
        .pollInterval(java.time.Duration.ofMillis(20))
        .untilAsserted(() -> run(check));
  }

  private static void run(Executable check) {
    try {
      check.execute();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("item 34: an object is read in every served version")
  void readsEveryVersion() {
    server.post(widgets(), widget("a", "size: 1")).is(201);
    String v2 = widgets().replace("/v1/", "/v2/");

    Answer other = server.get(v2 + "/a").is(200);
    assertThat(other.at("/apiVersion") + " " + other.at("/spec/size")).isEqualTo("ex.io/v2 1");
    server.merge(v2 + "/a", "{spec: {size: 2}}").is(200);
    assertThat(server.get(widget()).at("/apiVersion")).isEqualTo("ex.io/v1");
    assertThat(server.get(widget()).at("/spec/size")).isEqualTo("2");
    try (Watch watch = server.watch(v2 + "?watch=1")) {
      assertThat(watch.next().at("/object/apiVersion").asText()).isEqualTo("ex.io/v2");
    }
  }

  @Test
  @DisplayName("item 36: strict: unknown fields are refused")
  void refusesUnknownFieldsWhenAsked() {
    String strict = "?fieldValidation=Strict";
    server
        .post(widgets() + strict, widget("a", "size: 1, x: 1, z: 2"))
        .refused(
            400,
            "BadRequest",
            "Widget in version \"v1\" cannot be handled as a Widget: strict decoding error: unknown field \"spec.x\", unknown field \"spec.z\"");
    server
        .post(configMaps() + strict, "{metadata: {name: a}, x: 1}")
        .refused(
            400,
            "BadRequest",
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown field \"x\"");
    server.post(widgets(), widget("a", "size: 1")).is(201);
    Answer merged =
        server.send("PATCH", widget() + strict, Caller.MERGE, Caller.json("{spec: {x: 1}}"));
    assertThat(merged.refused(422, "Invalid").causes()).containsExactly("FieldValueInvalid patch");
    assertThat(merged.at("/message")).endsWith("strict decoding error: unknown field \"spec.x\"");
    server
        .raw("PATCH", widget() + strict + "&fieldManager=m", Caller.APPLY, widget("a", "x: 1"))
        .refused(500, "");
  }

  @Test
  @DisplayName("item 36: doubled fields are refused, warned of or ignored as asked")
  void tellsOfDoubledFields() {
    String twice =
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"},\"data\":{\"k\":\"v\",\"k\":\"w\"}}";
    String widget =
        "{\"apiVersion\":\"ex.io/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"%s\"},\"spec\":{\"size\":1,\"size\":2}}";

    server
        .raw("POST", configMaps() + "?fieldValidation=Strict", Caller.JSON, twice.formatted("a"))
        .refused(
            400,
            "BadRequest",
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: duplicate field \"data.k\"");
    Answer warned = server.raw("POST", configMaps(), Caller.JSON, twice.formatted("a"));
    assertThat(warned.is(201).header("warning"))
        .isEqualTo("299 - \"duplicate field \\\"data.k\\\"\"");
    assertThat(warned.at("/data/k")).isEqualTo("w");
    assertThat(
            server
                .raw(
                    "POST",
                    configMaps() + "?fieldValidation=Ignore",
                    Caller.JSON,
                    twice.formatted("b"))
                .is(201)
                .header("warning"))
        .isEmpty();
    Answer custom = server.raw("POST", widgets(), Caller.JSON, widget.formatted("a"));
    assertThat(custom.is(201).header("warning"))
        .isEqualTo("299 - \"duplicate field \\\"spec.size\\\"\"");
    server
        .raw("POST", widgets() + "?fieldValidation=Strict", Caller.JSON, widget.formatted("b"))
        .refused(
            400,
            "BadRequest",
            "Widget in version \"v1\" cannot be handled as a Widget: strict decoding error: duplicate field \"spec.size\"");
  }

  @Test
  @DisplayName("item 36: doubled fields in YAML and in patches")
  void tellsOfDoubledFieldsInYamlAndPatches() {
    String yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: v\n  k: w\n";
    Answer warned = server.raw("POST", configMaps(), "application/yaml", yaml);
    assertThat(warned.is(201).header("warning"))
        .isEqualTo("299 - \"line 7: key \\\"k\\\" already set in map\"");
    server
        .raw("POST", configMaps() + "?fieldValidation=Strict", "application/yaml", yaml)
        .refused(
            400,
            "BadRequest",
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: yaml: unmarshal errors:\n  line 7: key \"k\" already set in map");
    Answer merged =
        server.raw(
            "PATCH", configMaps() + "/a", Caller.MERGE, "{\"data\":{\"k\":\"x\",\"k\":\"y\"}}");
    assertThat(merged.is(200).header("warning"))
        .isEqualTo("299 - \"duplicate field \\\"data.k\\\"\"");
    Answer applied =
        server.raw("PATCH", configMaps() + "/a?fieldManager=m&force=true", Caller.APPLY, yaml);
    applied.is(200).holds("/data", "{k: w}");
  }

  @Test
  @DisplayName("item 36: warn is the default, ignore is silent, others are refused")
  void warnsUnlessAskedOtherwise() {
    String spec = "size: 1, x: 1";
    assertThat(server.post(widgets(), widget("a", spec)).is(201).header("warning"))
        .isEqualTo("299 - \"unknown field \\\"spec.x\\\"\"");
    Answer silent = server.post(widgets() + "?fieldValidation=Ignore", widget("b", spec)).is(201);
    assertThat(silent.header("warning")).isEmpty();
    assertThat(silent.has("/spec/x")).isFalse();
    assertThat(
            server
                .post(widgets() + "?fieldValidation=Loud", widget("c", spec))
                .refused(422, "Invalid")
                .causes())
        .containsExactly("FieldValueNotSupported fieldValidation");
  }
}
