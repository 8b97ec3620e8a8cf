package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Health, media types, sizes, warnings, headers. */
abstract class TransportContract extends ApiServerContract {
  private static final List<String> VERSION_FIELDS =
      List.of(
          "major",
          "minor",
          "gitVersion",
          "gitCommit",
          "gitTreeState",
          "buildDate",
          "goVersion",
          "compiler",
          "platform");
  private static final String TABLE = "application/json;as=Table;g=meta.k8s.io;v=v1";
  private static final String PARTIAL =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
  private static final String FORMS =
      "application/json, application/yaml, application/vnd.kubernetes.protobuf";
  private static final String FORMATS =
      "the body of the request was in an unknown format - accepted media types include: " + FORMS;

  @Test
  @DisplayName("item 1: version and health")
  void tellsItsVersionAndThatItIsWell() {
    Answer version = server.get("/version").is(200);

    for (String field : VERSION_FIELDS) {
      assertThat(version.has("/" + field)).as(field).isTrue();
    }
    assertThat(version.at("/major") + "." + version.at("/minor")).isEqualTo("1.36");
    for (String path : new String[] {"/livez", "/readyz", "/healthz"}) {
      Answer health = server.get(path).is(200);
      assertThat(health.text()).isEqualTo("ok");
      assertThat(health.header("content-type")).startsWith("text/plain");
    }
  }

  @Test
  @DisplayName("item 5: bodies in JSON and YAML, no other")
  void readsJsonAndYamlAndNothingElse() {
    server.post(configMaps(), configMap("json")).is(201);
    server.raw("POST", configMaps(), "application/yaml", configMap("yaml")).is(201);
    server.raw("POST", widgets(), "application/yaml", widget("yaml", "size: 1")).is(201);
    server.raw("POST", configMaps(), "", "{\"metadata\": {\"name\": \"none\"}}").is(201);
    server
        .raw(
            "POST",
            configMaps(),
            "application/json; charset=utf-8",
            "{\"metadata\": {\"name\": \"p\"}}")
        .is(201);

    server
        .raw("POST", configMaps(), "text/plain", "{}")
        .refused(415, "UnsupportedMediaType", FORMATS);
    server.raw("POST", widgets(), "text/plain", "{}").refused(415, "UnsupportedMediaType", FORMATS);
  }

  @Test
  @DisplayName("item 5: answers in the best form that is accepted")
  void answersInWhatIsAcceptedOr406() {
    server.post(configMaps(), configMap("a"));
    String path = configMaps() + "/a";

    assertThat(server.get(path, "Accept", "application/yaml").text())
        .startsWith("apiVersion: v1\n");
    assertThat(server.get(path, "Accept", "*/*").header("content-type"))
        .isEqualTo("application/json");
    assertThat(
            server
                .get(path, "Accept", "application/json;q=0.5,application/yaml;q=0.9")
                .header("content-type"))
        .isEqualTo("application/yaml");
    assertThat(
            server
                .get(path, "Accept", "text/html,application/json;strange=yes")
                .header("content-type"))
        .isEqualTo("application/json");
    Answer none = server.get(path, "Accept", "text/html").is(406);
    assertThat(none.at("/reason")).isEqualTo("NotAcceptable");
    assertThat(none.at("/message"))
        .isEqualTo("406: Not Acceptable\n\nAvailable representations: " + FORMS);
  }

  @Test
  @DisplayName("item 6: tables")
  void showsTables() {
    server.post(widgets(), widget("a", "size: 7")).is(201);

    Answer table = server.get(widgets(), "Accept", TABLE).is(200);

    assertThat(table.at("/kind") + " " + table.at("/apiVersion")).isEqualTo("Table meta.k8s.io/v1");
    assertThat(table.each("/columnDefinitions", "/name")).containsExactly("Name", "Size", "Age");
    assertThat(table.at("/rows/0/cells/0")).isEqualTo("a");
    assertThat(table.at("/rows/0/cells/1")).isEqualTo("7");
    assertThat(table.at("/rows/0/object/kind")).isEqualTo("PartialObjectMetadata");
    assertThat(
            server
                .get(widgets() + "?includeObject=None", "Accept", TABLE)
                .node("/rows/0/object")
                .isNull())
        .isTrue();
    assertThat(
            server
                .get(widgets() + "/a?includeObject=Object", "Accept", TABLE)
                .at("/rows/0/object/spec/size"))
        .isEqualTo("7");
  }

  @Test
  @DisplayName("item 6: metadata alone, of objects, lists and watches; no other form")
  void showsMetadataAlone() {
    server.post(configMaps(), configMap("a")).is(201);

    Answer one = server.get(configMaps() + "/a", "Accept", PARTIAL).is(200);
    Answer list = server.get(configMaps(), "Accept", PARTIAL.replace("Metadata;", "MetadataList;"));

    assertThat(one.at("/kind")).isEqualTo("PartialObjectMetadata");
    assertThat(one.has("/data")).isFalse();
    assertThat(list.at("/kind")).isEqualTo("PartialObjectMetadataList");
    assertThat(list.names()).containsExactly("a");
    assertThat(list.has("/items/0/data")).isFalse();
    try (Watch watch = server.watch(configMaps() + "?watch=1", "Accept", PARTIAL)) {
      assertThat(watch.next().at("/object/kind").asText()).isEqualTo("PartialObjectMetadata");
    }
    server
        .get(configMaps(), "Accept", "application/json;as=Nonsense;g=meta.k8s.io;v=v1")
        .refused(406, "NotAcceptable");
    server.get(configMaps() + "?includeObject=Much", "Accept", TABLE).refused(400, "BadRequest");
  }

  @Test
  @DisplayName("item 8: a server without seats refuses in plain text")
  void refusesInPlainTextWhenItHasNoSeats() {
    server.server().overload(ns);
    List<Answer> refused = new ArrayList<>();

    await()
        .until(
            () -> {
              server.burst(40, configMaps() + "/x", "Impersonate-User", "reader").stream()
                  .filter(answer -> answer.status() == 429)
                  .forEach(refused::add);
              return !refused.isEmpty();
            });

    Answer answer = refused.get(0);
    assertThat(answer.text()).isEqualTo("Too many requests, please try again later.\n");
    assertThat(answer.header("retry-after")).isEqualTo("1");
    assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(answer.header("x-kubernetes-pf-flowschema-uid")).isNotEmpty();
    assertThat(answer.header("x-kubernetes-pf-prioritylevel-uid")).isNotEmpty();
  }

  @Test
  @DisplayName("item 9: bodies over 3 MiB")
  void refusesBodiesOverThreeMebibytes() {
    String body =
        "{\"metadata\": {\"name\": \"a\"}, \"data\": {\"k\": \"" + "x".repeat(3 << 20) + "\"}}";

    server
        .raw("POST", configMaps(), "application/json", body)
        .refused(413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728");
    server
        .raw("PATCH", configMaps() + "/a", Caller.MERGE, body)
        .refused(413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728");
  }

  @Test
  @DisplayName("item 9: objects that etcd can't hold, too large data and annotations")
  void refusesObjectsThatAreTooLarge() {
    String words =
        "{\"kind\": \"Gizmo\", \"apiVersion\": \"ex.io/v1\", \"metadata\": {\"name\": \"a\"}, \"text\": \"%s\"}";
    server
        .raw("POST", gizmos(), "application/json", words.formatted("x".repeat(1_700_000)))
        .refused(500, "", "etcdserver: request is too large");
    Answer larger =
        server.raw("POST", gizmos(), "application/json", words.formatted("x".repeat(2_500_000)));
    larger.refused(500, "");
    assertThat(larger.at("/message"))
        .matches(
            "rpc error: code = ResourceExhausted desc = trying to send message larger than max"
                + " \\(\\d+ vs\\. 2097152\\)");

    Answer data =
        server.raw(
            "POST",
            configMaps(),
            "application/json",
            "{\"metadata\": {\"name\": \"a\"}, \"data\": {\"k\": \""
                + "x".repeat(1 << 20)
                + "y\"}}");
    data.refused(422, "Invalid");
    assertThat(data.at("/message"))
        .isEqualTo("ConfigMap \"a\" is invalid: []: Too long: may not be more than 1048576 bytes");
    Answer notes =
        server.raw(
            "POST",
            configMaps(),
            "application/json",
            "{\"metadata\": {\"name\": \"a\", \"annotations\": {\"k\": \""
                + "x".repeat(256 << 10)
                + "\"}}}");
    notes.refused(422, "Invalid");
    assertThat(notes.at("/message"))
        .isEqualTo(
            "ConfigMap \"a\" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes");
  }

  @Test
  @DisplayName("item 9: JSON patches of more than 10,000 operations")
  void refusesLongJsonPatches() {
    server.post(configMaps(), configMap("a"));
    String patch =
        "["
            + "{\"op\":\"test\",\"path\":\"/data/k\",\"value\":\"v\"},".repeat(10_000)
            + "{\"op\":\"test\",\"path\":\"/data/k\",\"value\":\"v\"}]";

    server
        .raw("PATCH", configMaps() + "/a", Caller.JSON_PATCH, patch)
        .refused(
            413,
            "RequestEntityTooLarge",
            "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001");
  }

  @Test
  @DisplayName("item 10: warnings about unknown fields, old versions, finalizers, duplicate owners")
  void warns() {
    Answer unknown = server.post(widgets(), widget("a", "size: 1, strange: 5"));
    Answer old = server.get(core("endpoints"));
    Answer finalizer =
        server.post(
            widgets(),
            "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: b, finalizers: [hold]}}");
    String owner = "{apiVersion: v1, kind: Pod, name: p, uid: u}";
    Answer owners =
        server.post(
            configMaps(),
            "{metadata: {name: b, ownerReferences: [%s, %s]}}".formatted(owner, owner));

    assertThat(unknown.is(201).header("warning"))
        .isEqualTo("299 - \"unknown field \\\"spec.strange\\\"\"");
    assertThat(old.is(200).header("warning"))
        .isEqualTo(
            "299 - \"v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\"");
    assertThat(finalizer.is(201).header("warning"))
        .isEqualTo(
            "299 - \"metadata.finalizers: \\\"hold\\\": prefer a domain-qualified finalizer name"
                + " to avoid accidental conflicts with other finalizer writers\"");
    assertThat(owners.is(201).header("warning"))
        .isEqualTo(
            "299 - \".metadata.ownerReferences contains duplicate entries; API server dedups owner"
                + " references in 1.20+, and may reject such requests as early as 1.24; please fix"
                + " your requests; duplicate UID(s) observed: u\"");
    assertThat(owners.node("/metadata/ownerReferences")).hasSize(1);
    assertThat(server.get(configMaps()).header("warning")).isEmpty();
  }

  @Test
  @DisplayName("item 11: watches are chunked GETs over HTTP/1.1")
  void streamsWatchesOverPlainHttp() {
    try (Watch watch = server.watch(configMaps() + "?watch=true")) {
      assertThat(watch.status()).isEqualTo(200);
      assertThat(watch.headers().firstValue("transfer-encoding")).contains("chunked");
      server.post(configMaps(), configMap("a"));
      assertThat(watch.nextName()).isEqualTo("ADDED a");
    }
  }

  @Test
  @DisplayName("item 72: every answer has an audit ID, large ones are zipped when that is accepted")
  void marksAndZipsItsAnswers() throws IOException {
    server
        .raw(
            "POST",
            configMaps(),
            "application/json",
            "{\"metadata\": {\"name\": \"a\"}, \"data\": {\"k\": \"" + "x".repeat(200_000) + "\"}}")
        .is(201);

    Answer large = server.get(configMaps() + "/a", "Accept-Encoding", "gzip");
    Answer small =
        server.get(
            configMaps() + "?limit=1&fieldSelector=metadata.name=z", "Accept-Encoding", "gzip");

    assertThat(large.header("content-encoding")).isEqualTo("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(large.bytes())).readAllBytes())
        .hasSizeGreaterThan(200_000);
    assertThat(small.header("content-encoding")).isEmpty();
    assertThat(small.header("content-type")).isEqualTo("application/json");
    for (Answer each : new Answer[] {large, small, server.get("/nope"), server.get("/livez")}) {
      assertThat(each.header("audit-id")).matches("[0-9a-f-]{36}");
    }
  }
}
