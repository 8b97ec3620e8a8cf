package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Status documents: codes, reasons, messages, details. */
abstract class RefusalsContract extends ApiServerContract {
  private static final String OTHER = "00000000-0000-4000-8000-000000000000";

  @Test
  @DisplayName("item 12: details name the plural for 404 and 409, the Kind for 422")
  void detailsNameWhatItIsAbout() {
    server.post(widgets(), widget("b", "size: 1")).is(201);
    Answer missing = server.get(widgets() + "/a").refused(404, "NotFound");
    Answer exists = server.post(widgets(), widget("b", "size: 1")).refused(409, "AlreadyExists");
    Answer invalid = server.post(widgets(), widget("c", "size: 0")).refused(422, "Invalid");

    assertThat(missing.at("/metadata")).isEqualTo("{}");
    assertThat(missing.at("/details"))
        .isEqualTo("{\"name\":\"a\",\"group\":\"ex.io\",\"kind\":\"widgets\"}");
    assertThat(exists.at("/details"))
        .isEqualTo("{\"name\":\"b\",\"group\":\"ex.io\",\"kind\":\"widgets\"}");
    assertThat(invalid.at("/details/kind") + " " + invalid.at("/details/name"))
        .isEqualTo("Widget c");
    assertThat(invalid.causes()).containsExactly("FieldValueInvalid spec.size");
  }

  @Test
  @DisplayName("item 13: a missing object")
  void missingObjects() {
    String widget = "widgets.ex.io \"a\" not found";
    String map = "configmaps \"a\" not found";

    server.get(widgets() + "/a").refused(404, "NotFound", widget);
    server
        .put(widgets() + "/a", widget("a", "").replace("name: a", "name: a, resourceVersion: '5'"))
        .refused(404, "NotFound", widget);
    server.merge(widgets() + "/a", "{}").refused(404, "NotFound", widget);
    server.delete(widgets() + "/a").refused(404, "NotFound", widget);
    server.get(configMaps() + "/a").refused(404, "NotFound", map);
    server.put(configMaps() + "/a", configMap("a")).refused(404, "NotFound", map);
    server.merge(configMaps() + "/a", "{}").refused(404, "NotFound", map);
    server.delete(configMaps() + "/a").refused(404, "NotFound", map);
  }

  @Test
  @DisplayName("item 13: a name that is taken, also by an object that is being deleted")
  void takenNames() {
    server.post(configMaps(), configMap("a")).is(201);
    server
        .post(configMaps(), configMap("a"))
        .refused(409, "AlreadyExists", "configmaps \"a\" already exists");
    server.merge(configMaps() + "/a", "{metadata: {finalizers: [ex.io/hold]}}").is(200);
    server.delete(configMaps() + "/a").is(200);

    server
        .post(configMaps(), configMap("a"))
        .refused(409, "AlreadyExists", "object is being deleted: configmaps \"a\" already exists");
  }

  @Test
  @DisplayName("item 13: a stale resourceVersion")
  void staleVersions() {
    Answer made = server.post(configMaps(), configMap("a"));
    server.merge(configMaps() + "/a", "{data: {k: w}}").is(200);
    String why =
        ": the object has been modified; please apply your changes to the latest version and try"
            + " again";

    server
        .put(configMaps() + "/a", made.text())
        .refused(409, "Conflict", "Operation cannot be fulfilled on configmaps \"a\"" + why);
    Answer patch =
        server
            .merge(
                configMaps() + "/a",
                "{metadata: {resourceVersion: '%s'}}".formatted(made.version()))
            .refused(409, "Conflict", "Operation cannot be fulfilled on configmaps \"a\"" + why);
    assertThat(patch.at("/details")).isEqualTo("{\"name\":\"a\",\"kind\":\"configmaps\"}");
  }

  @Test
  @DisplayName("item 13: preconditions of a delete")
  void preconditionsOfADelete() {
    Answer made = server.post(widgets(), widget("a", "size: 1")).is(201);

    Answer uid = server.delete(widgets() + "/a", "{preconditions: {uid: %s}}".formatted(OTHER));
    uid.refused(
        409,
        "Conflict",
        "Operation cannot be fulfilled on Widget.ex.io \"a\": the UID in the precondition (%s) does not match the UID in record (%s). The object might have been deleted and then recreated"
            .formatted(OTHER, made.at("/metadata/uid")));
    assertThat(uid.at("/details/kind")).isEqualTo("Widget");
    server
        .delete(widgets() + "/a", "{preconditions: {resourceVersion: '1'}}")
        .refused(
            409,
            "Conflict",
            "Operation cannot be fulfilled on Widget.ex.io \"a\": the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (%s). The object might have been modified"
                .formatted(made.version()));
    server
        .delete(
            widgets() + "/a",
            "{preconditions: {uid: %s, resourceVersion: '1'}}".formatted(made.at("/metadata/uid")))
        .refused(409, "Conflict");
    server
        .delete(
            widgets() + "/a",
            "{preconditions: {uid: %s, resourceVersion: '%s'}}"
                .formatted(made.at("/metadata/uid"), made.version()))
        .is(200);
  }

  @Test
  @DisplayName("item 13: a resourceVersion in a new object")
  void versionsOfNewObjects() {
    server
        .post(configMaps(), "{metadata: {name: a, resourceVersion: '5'}}")
        .refused(500, "", "resourceVersion should not be set on objects to be created");
    server
        .post(
            widgets(),
            "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: a, resourceVersion: '5'}}")
        .refused(500, "", "resourceVersion should not be set on objects to be created");
  }

  @Test
  @DisplayName("item 13: names, namespaces and versions that contradict the URL")
  void contradictionsOfTheUrl() {
    server.post(configMaps(), configMap("a"));

    server
        .put(configMaps() + "/a", configMap("b"))
        .refused(
            400, "BadRequest", "the name of the object (b) does not match the name on the URL (a)");
    server
        .post(configMaps(), "{metadata: {name: b, namespace: other}}")
        .refused(
            400,
            "BadRequest",
            "the namespace of the provided object does not match the namespace sent on the request");
    server
        .post(configMaps(), "{apiVersion: v2, kind: ConfigMap, metadata: {name: b}}")
        .refused(
            400,
            "BadRequest",
            "ConfigMap in version \"v2\" cannot be handled as a ConfigMap: no kind \"ConfigMap\" is registered for version \"v2\" in scheme \"pkg/runtime/scheme.go:111\"");
    server
        .post(widgets(), "{apiVersion: ex.io/v2, kind: Widget, metadata: {name: b}}")
        .refused(
            400,
            "BadRequest",
            "the API version in the data (ex.io/v2) does not match the expected API version (ex.io/v1)");
  }

  @Test
  @DisplayName("item 13: invalid objects, every field named")
  void invalidObjects() {
    Answer unnamed = server.post(configMaps(), "{data: {k: v}}");
    unnamed.refused(
        422,
        "Invalid",
        "ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is"
            + " required");
    assertThat(unnamed.causes()).containsExactly("FieldValueRequired metadata.name");
    Answer both = server.post(configMaps(), "{metadata: {name: A_, labels: {x: '!'}}}");
    both.refused(422, "Invalid");
    assertThat(both.causes())
        .containsExactly("FieldValueInvalid metadata.name", "FieldValueInvalid metadata.labels");
  }

  @Test
  @DisplayName("item 13: bad selectors, versions and tokens of a list and a watch")
  void badQueries() {
    server
        .get(configMaps() + "?labelSelector=" + q("a in b"))
        .refused(400, "BadRequest", "unable to parse requirement: found 'b' expected: '('");
    server
        .get(widgets() + "?resourceVersion=x")
        .refused(
            400,
            "BadRequest",
            "invalid resource version: resourceVersion: Invalid value: \"x\": strconv.ParseUint: parsing \"x\": invalid syntax");
    server.get(widgets() + "?continue=x").refused(400, "BadRequest");
    server.get(widgets() + "?watch=1&resourceVersion=x").refused(500, "");
    server.get(configMaps() + "/a?resourceVersion=x").refused(500, "");
  }

  @Test
  @DisplayName("item 13: verbs that are not offered")
  void verbsNotOffered() {
    String no = "the server does not allow this method on the requested resource";

    server.delete("/api/v1/namespaces").refused(405, "MethodNotAllowed", no);
    server.put(configMaps(), configMap("a")).refused(405, "MethodNotAllowed", no);
    server.post(configMaps() + "/a", configMap("a")).refused(405, "MethodNotAllowed", no);
    server.post(widgets() + "/a", widget("a", "size: 1")).is(201);
    server
        .put("/apis/ex.io/v1/orbs", "{apiVersion: ex.io/v1, kind: Orb, metadata: {name: a}}")
        .refused(400, "BadRequest");
    server.raw("OPTIONS", configMaps(), "", "").refused(405, "MethodNotAllowed", no);
  }

  @Test
  @DisplayName("item 13: unknown patch types")
  void unknownPatchTypes() {
    server.post(configMaps(), configMap("a"));

    server
        .raw("PATCH", configMaps() + "/a", "application/json", "{}")
        .refused(415, "UnsupportedMediaType", "415: Unsupported Media Type");
  }

  @Test
  @DisplayName("items 7, 13, 37: a version that is not there yet; Retry-After repeats the Status")
  void versionsOfTheFuture() {
    Answer answer = server.get(configMaps() + "?resourceVersion=999999999");

    answer.refused(504, "Timeout");
    assertThat(answer.at("/message"))
        .matches("Timeout: Too large resource version: 999999999, current: \\d+");
    assertThat(answer.at("/details/causes/0/reason")).isEqualTo("ResourceVersionTooLarge");
    assertThat(answer.at("/details/retryAfterSeconds")).isEqualTo("1");
    assertThat(answer.header("retry-after")).isEqualTo("1");
  }

  @Test
  @DisplayName("items 13, 73: who may not is told so")
  void denials() {
    server.server().deny(ns);
    String[] nobody = {"Impersonate-User", "nobody"};

    Answer list = server.get(configMaps(), nobody).refused(403, "Forbidden");
    Answer made = server.post(configMaps(), configMap("a"), nobody).refused(403, "Forbidden");

    assertThat(list.at("/message")).isNotEmpty();
    assertThat(made.at("/message")).isNotEmpty();
  }

  @Test
  @DisplayName("item 73: a change by somebody else is met by the version")
  void changesBySomebodyElse() {
    Answer made = server.post(configMaps(), configMap("a"));
    server.apply(configMaps() + "/a", "webhook&force=true", configMap("a").replace("k: v", "k: w"));

    server.put(configMaps() + "/a", made.text()).refused(409, "Conflict");
  }
}
