package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Watches. */
abstract class WatchContract extends ApiServerContract {
  private static final String STREAM =
      "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
  private static final String END = "/object/metadata/annotations/k8s.io~1initial-events-end";

  private String version() {
    return server.get(configMaps()).version();
  }

  @Test
  @DisplayName("item 42: headers come before the first event; one JSON document a line")
  void answersBeforeTheFirstEvent() {
    try (Watch watch = server.watch(configMaps() + "?watch=true&resourceVersion=" + version())) {
      assertThat(watch.status()).isEqualTo(200);
      assertThat(watch.headers().firstValue("content-type")).contains("application/json");
      server.post(configMaps(), configMap("a"));

      JsonNode event = watch.next();
      assertThat(event.at("/type").asText()).isEqualTo("ADDED");
      assertThat(event.at("/object/kind").asText()).isEqualTo("ConfigMap");
      assertThat(event.at("/object/apiVersion").asText()).isEqualTo("v1");
    }
  }

  @Test
  @DisplayName("item 42: one object by field selector, and the old path")
  void watchesOneObject() {
    server.post(configMaps(), configMap("a"));
    server.post(configMaps(), configMap("b"));

    try (Watch watch = server.watch(configMaps() + "?watch=1&fieldSelector=metadata.name%3Db")) {
      assertThat(watch.nextName()).isEqualTo("ADDED b");
    }
    try (Watch watch = server.watch("/api/v1/watch/namespaces/" + ns + "/configmaps/b")) {
      assertThat(watch.nextName()).isEqualTo("ADDED b");
    }
    try (Watch watch =
        server.watch(configMaps() + "?watch=1", "Accept", "application/json;stream=watch")) {
      assertThat(watch.status()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("item 43: without a version everything comes first, in the order of lists")
  void beginsWithEverything() {
    server.post(configMaps(), configMap("b"));
    server.post(configMaps(), configMap("a"));

    for (String version : new String[] {"", "&resourceVersion=0"}) {
      try (Watch watch = server.watch(configMaps() + "?watch=1" + version)) {
        assertThat(watch.names(2)).containsExactlyInAnyOrder("ADDED a", "ADDED b");
        server.merge(configMaps() + "/a", "{data: {k: '%s'}}".formatted(version)).is(200);
        assertThat(watch.nextName()).isEqualTo("MODIFIED a");
      }
    }
  }

  @Test
  @DisplayName("item 43: after a version everything later comes, once and in order")
  void continuesAfterAVersion() {
    server.post(configMaps(), configMap("a"));
    String since = version();
    server.merge(configMaps() + "/a", "{data: {k: w}}");
    server.post(configMaps(), configMap("b"));
    server.delete(configMaps() + "/a");

    try (Watch watch = server.watch(configMaps() + "?watch=1&resourceVersion=" + since)) {
      JsonNode first = watch.next();
      assertThat(Watch.text(first)).isEqualTo("MODIFIED a");
      assertThat(watch.nextName()).isEqualTo("ADDED b");
      JsonNode last = watch.next();
      assertThat(Watch.text(last)).isEqualTo("DELETED a");
      assertThat(last.at("/object/metadata/resourceVersion").asLong())
          .isGreaterThan(first.at("/object/metadata/resourceVersion").asLong());
    }
  }

  @Test
  @DisplayName("item 43: a version of the future is met with silence")
  void isSilentBeforeAVersionOfTheFuture() {
    long version = Long.parseLong(version());
    String path = configMaps() + "?watch=1&timeoutSeconds=1&resourceVersion=" + (version + 100_000);

    try (Watch watch = server.watch(path)) {
      assertThat(watch.status()).isEqualTo(200);
      server.post(configMaps(), configMap("a"));
      assertThat(watch.nextName()).isEqualTo("end");
    }
  }

  @Test
  @DisplayName("item 44: too old a version is an ERROR event, then the end")
  void refusesToContinueFromTooLongAgo() {
    server.post(widgets(), widget("a", "size: 1"));
    server.server().forget();

    try (Watch watch = server.watch(widgets() + "?watch=1&resourceVersion=1")) {
      assertThat(watch.status()).isEqualTo(200);
      JsonNode event = watch.next();
      assertThat(event.at("/type").asText()).isEqualTo("ERROR");
      assertThat(event.at("/object/kind").asText()).isEqualTo("Status");
      assertThat(event.at("/object/code").asInt()).isEqualTo(410);
      assertThat(event.at("/object/reason").asText()).isEqualTo("Expired");
      assertThat(event.at("/object/message").asText())
          .matches("too old resource version: 1 \\(\\d+\\)");
      assertThat(watch.nextName()).isEqualTo("end");
    }
  }

  @Test
  @DisplayName("items 45, 46: a watch ends on time, a bookmark shortly before")
  void endsOnTime() {
    server.post(configMaps(), configMap("a"));
    String asked = "?watch=1&timeoutSeconds=3&allowWatchBookmarks=true&resourceVersion=";
    try (Watch watch = server.watch(configMaps() + asked + version());
        Watch plain =
            server.watch(configMaps() + "?watch=1&timeoutSeconds=3&resourceVersion=" + version())) {
      server.post(configMaps(), configMap("b"));
      assertThat(watch.nextName()).isEqualTo("ADDED b");
      JsonNode mark = watch.next();
      assertThat(mark.at("/type").asText()).isEqualTo("BOOKMARK");
      assertThat(mark.at("/object/kind").asText()).isEqualTo("ConfigMap");
      assertThat(mark.at("/object/apiVersion").asText()).isEqualTo("v1");
      assertThat(mark.at("/object/metadata/resourceVersion").asLong())
          .isGreaterThanOrEqualTo(Long.parseLong(server.get(configMaps() + "/b").version()));
      assertThat(mark.has("/object/data")).isFalse();
      assertThat(plain.names(2)).containsExactly("ADDED b", "end");
      String end = watch.nextName();
      while (end.startsWith("BOOKMARK")) {
        end = watch.nextName();
      }
      assertThat(end).isEqualTo("end");
    }
  }

  @Test
  @DisplayName("item 47: a streaming list ends its first part with an annotated bookmark")
  void streamsLists() {
    server.post(configMaps(), configMap("a"));
    server.post(widgets(), widget("a", "size: 1"));
    for (String path : new String[] {configMaps(), widgets()}) {
      try (Watch watch = server.watch(path + STREAM)) {
        assertThat(watch.nextName()).isEqualTo("ADDED a");
        JsonNode mark = watch.next();
        assertThat(mark.at("/type").asText()).isEqualTo("BOOKMARK");
        assertThat(mark.at(END).asText()).isEqualTo("true");
        assertThat(mark.at("/object/metadata/resourceVersion").asLong())
            .isGreaterThanOrEqualTo(Long.parseLong(server.get(path + "/a").version()));
        server.merge(path + "/a", "{metadata: {labels: {x: 'y'}}}").is(200);
        assertThat(watch.nextName()).isEqualTo("MODIFIED a");
      }
    }
  }

  @Test
  @DisplayName("item 47: the first part's bookmark comes only to who takes bookmarks")
  void marksTheFirstPartOnRequest() {
    server.post(configMaps(), configMap("a"));
    String unasked = STREAM.replace("&allowWatchBookmarks=true", "");

    try (Watch watch = server.watch(configMaps() + unasked)) {
      assertThat(watch.nextName()).isEqualTo("ADDED a");
      server.post(configMaps(), configMap("b"));
      assertThat(watch.nextName()).isEqualTo("ADDED b");
    }
    try (Watch watch = server.watch(configMaps() + "?watch=1&allowWatchBookmarks=true")) {
      assertThat(watch.nextName()).isEqualTo("ADDED a");
      assertThat(watch.nextName()).isEqualTo("ADDED b");
      assertThat(watch.next().at(END).asText()).isEqualTo("true");
    }
    try (Watch watch =
        server.watch(
            configMaps()
                + "?watch=1&sendInitialEvents=false&resourceVersionMatch=NotOlderThan&resourceVersion=0")) {
      server.post(configMaps(), configMap("c"));
      assertThat(watch.nextName()).isEqualTo("ADDED c");
    }
  }

  @Test
  @DisplayName("item 47: options of a watch that make no sense")
  void refusesWatchOptionsThatMakeNoSense() {
    server
        .get(configMaps() + "?watch=1&sendInitialEvents=true")
        .refused(
            422,
            "Invalid",
            "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    server
        .get(configMaps() + "?watch=1&resourceVersionMatch=NotOlderThan&resourceVersion=5")
        .refused(
            422,
            "Invalid",
            "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
  }

  @Test
  @DisplayName("item 48: what comes to match is ADDED, what ceases to is DELETED as it was")
  void followsSelectors() {
    server.post(configMaps(), labelled("a", "tier: web"));
    String since = version();
    try (Watch watch =
        server.watch(configMaps() + "?watch=1&labelSelector=tier%3Dweb&resourceVersion=" + since)) {
      server.merge(configMaps() + "/a", "{data: {k: v}}").is(200);
      Answer out = server.merge(configMaps() + "/a", "{metadata: {labels: {tier: db}}}").is(200);
      server.merge(configMaps() + "/a", "{data: {k: w}}").is(200);
      server.merge(configMaps() + "/a", "{metadata: {labels: {tier: web}}}").is(200);

      assertThat(watch.nextName()).isEqualTo("MODIFIED a");
      JsonNode gone = watch.next();
      assertThat(Watch.text(gone)).isEqualTo("DELETED a");
      assertThat(gone.at("/object/metadata/labels/tier").asText()).isEqualTo("web");
      assertThat(gone.at("/object/metadata/resourceVersion").asText()).isEqualTo(out.version());
      JsonNode back = watch.next();
      assertThat(Watch.text(back)).isEqualTo("ADDED a");
      assertThat(back.at("/object/data/k").asText()).isEqualTo("w");
    }
  }

  @Test
  @DisplayName("item 49: with its CRD a watch ends, after every object's DELETED")
  void endsWithTheDefinition() {
    String plural = "w" + ns.replace("-", "");
    server
        .post(
            Fixture.CRDS,
            """
            {metadata: {name: %1$s.ex.io}, spec: {group: ex.io, scope: Cluster,
              names: {plural: %1$s, kind: %1$s}, versions: [{name: v1, served: true, storage: true,
                schema: {openAPIV3Schema: {type: object}}}]}}
            """
                .formatted(plural))
        .is(201);
    String path = "/apis/ex.io/v1/" + plural;
    await().until(() -> server.get(path).status() == 200);
    server
        .apply(
            path + "/a",
            "m",
            "{apiVersion: ex.io/v1, kind: %s, metadata: {name: a}}".formatted(plural))
        .is(201);

    try (Watch watch = server.watch(path + "?watch=1")) {
      server.delete(Fixture.CRDS + "/" + plural + ".ex.io").is(200);

      assertThat(watch.names(3)).containsExactly("ADDED a", "DELETED a", "end");
    }
    await().untilAsserted(() -> server.get(path).isNoPage());
  }

  @Test
  @DisplayName("item 50: who may watch is asked once, each request by itself")
  void asksForRightsOnce() {
    String rights = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + ns;
    server
        .post(
            rights + "/roles",
            "{metadata: {name: r}, rules: [{apiGroups: [''], resources: [configmaps], verbs: [list, watch, get]}]}")
        .is(201);
    server
        .post(
            rights + "/rolebindings",
            "{metadata: {name: r}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}, subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: reader-%s}]}"
                .formatted(ns))
        .is(201);
    String[] reader = {"Impersonate-User", "reader-" + ns};
    await().until(() -> server.get(configMaps(), reader).status() == 200);

    try (Watch watch = server.watch(configMaps() + "?watch=1", reader)) {
      server.delete(rights + "/rolebindings/r").is(200);
      server.post(configMaps(), configMap("a"));
      assertThat(watch.nextName()).isEqualTo("ADDED a");
    }
  }
}
