package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Deletes, finalizers, namespaces. */
abstract class DeletionContract extends ApiServerContract {
  private static final String OTHER = "00000000-0000-4000-8000-000000000000";

  private static String held(String name) {
    return "{metadata: {name: %s, finalizers: [ex.io/hold]}}".formatted(name);
  }

  private static String heldWidget(String name) {
    return "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: %s, finalizers: [ex.io/hold, ex.io/more]}, spec: {size: 1}}"
        .formatted(name);
  }

  private static String pod(String name) {
    return "{metadata: {name: %s}, spec: {containers: [{name: c, image: i}]}}".formatted(name);
  }

  @Test
  @DisplayName("item 23: a DELETE answers with a Status, for some kinds with the object")
  void answersADelete() {
    Answer map = server.post(configMaps(), configMap("a"));
    Answer widget = server.post(widgets(), widget("a", "size: 1"));
    Answer service =
        server.post(core("services"), "{metadata: {name: a}, spec: {ports: [{port: 80}]}}");

    Answer gone = server.delete(configMaps() + "/a").is(200);
    assertThat(gone.at("/kind") + " " + gone.at("/status")).isEqualTo("Status Success");
    assertThat(gone.at("/details"))
        .isEqualTo(
            "{\"name\":\"a\",\"kind\":\"configmaps\",\"uid\":\"%s\"}"
                .formatted(map.at("/metadata/uid")));
    assertThat(server.delete(widgets() + "/a").at("/details"))
        .isEqualTo(
            "{\"name\":\"a\",\"group\":\"ex.io\",\"kind\":\"widgets\",\"uid\":\"%s\"}"
                .formatted(widget.at("/metadata/uid")));
    Answer returned = server.delete(core("services") + "/a").is(200);
    assertThat(returned.at("/kind") + " " + returned.at("/metadata/uid"))
        .isEqualTo("Service " + service.at("/metadata/uid"));
    server.post(core("serviceaccounts"), "{metadata: {name: a}}");
    assertThat(server.delete(core("serviceaccounts") + "/a").at("/kind"))
        .isEqualTo("ServiceAccount");
  }

  @Test
  @DisplayName("item 24: an object with finalizers is marked and stays")
  void marksAnObjectWithFinalizers() {
    Answer made = server.post(widgets(), heldWidget("a")).is(201);
    try (Watch watch = server.watch(widgets() + "?watch=1&resourceVersion=" + made.version())) {
      Answer deleted = server.delete(widgets() + "/a").is(200);
      Answer again = server.delete(widgets() + "/a").is(200);

      assertThat(deleted.at("/kind")).isEqualTo("Widget");
      assertThat(deleted.at("/metadata/deletionTimestamp")).isNotEmpty();
      assertThat(deleted.at("/metadata/deletionGracePeriodSeconds")).isEqualTo("0");
      assertThat(deleted.at("/metadata/generation")).isEqualTo("2");
      assertThat(again.text()).isEqualTo(deleted.text());
      server
          .post(widgets(), heldWidget("a"))
          .refused(
              409, "AlreadyExists", "object is being deleted: widgets.ex.io \"a\" already exists");
      server.post(widgets(), widget("b", "size: 1"));
      assertThat(watch.names(2)).containsExactly("MODIFIED a", "ADDED b");
    }
  }

  @Test
  @DisplayName("items 24, 25: the end of the last finalizer is the object's end")
  void removesAnObjectWithItsLastFinalizer() {
    server.post(widgets(), heldWidget("a"));
    Answer marked = server.delete(widgets() + "/a");
    try (Watch watch = server.watch(widgets() + "?watch=1&resourceVersion=" + marked.version())) {
      Answer fewer =
          server.merge(widgets() + "/a", "{metadata: {finalizers: [ex.io/more]}}").is(200);
      Answer last = server.merge(widgets() + "/a", "{metadata: {finalizers: null}}").is(200);

      assertThat(last.version()).isEqualTo(fewer.version());
      assertThat(last.has("/metadata/finalizers")).isFalse();
      server.get(widgets() + "/a").is(404);
      assertThat(watch.nextName()).isEqualTo("MODIFIED a");
      var end = watch.next();
      assertThat(Watch.text(end)).isEqualTo("DELETED a");
      assertThat(end.at("/object/metadata/resourceVersion").asLong())
          .isGreaterThan(Long.parseLong(last.version()));
      server.post(widgets(), widget("b", "size: 1"));
      try (Watch later =
          server.watch(
              widgets()
                  + "?watch=1&resourceVersion="
                  + end.at("/object/metadata/resourceVersion").asText())) {
        assertThat(later.nextName()).isEqualTo("ADDED b");
      }
    }
  }

  @Test
  @DisplayName("item 24: while an object is being deleted finalizers only go")
  void refusesNewFinalizersOfWhatIsBeingDeleted() {
    server.post(configMaps(), held("a"));
    server.delete(configMaps() + "/a");

    Answer added =
        server.merge(configMaps() + "/a", "{metadata: {finalizers: [ex.io/hold, ex.io/new]}}");

    added.refused(
        422,
        "Invalid",
        "ConfigMap \"a\" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{\"ex.io/new\"}");
    assertThat(added.causes()).containsExactly("FieldValueForbidden metadata.finalizers");
    server.merge(configMaps() + "/a", "{metadata: {labels: {a: b}}}").is(200);
  }

  @Test
  @DisplayName("item 25: the DELETED event has the last state and the version of the deletion")
  void tellsTheVersionOfTheDeletion() {
    Answer made = server.post(configMaps(), configMap("a"));
    try (Watch watch = server.watch(configMaps() + "?watch=1&resourceVersion=" + made.version())) {
      server.delete(configMaps() + "/a");

      var event = watch.next();
      assertThat(Watch.text(event)).isEqualTo("DELETED a");
      assertThat(event.at("/object/data/k").asText()).isEqualTo("v");
      assertThat(event.at("/object/metadata/resourceVersion").asLong())
          .isGreaterThan(Long.parseLong(made.version()));
    }
  }

  @Test
  @DisplayName("item 26: options in the body or the query")
  void readsOptionsFromBodyAndQuery() {
    Answer made = server.post(configMaps(), configMap("a"));

    server
        .delete(configMaps() + "/a", "{preconditions: {uid: %s}}".formatted(OTHER))
        .refused(409, "Conflict");
    server
        .delete(
            configMaps() + "/a",
            "{kind: DeleteOptions, apiVersion: v1, preconditions: {uid: %s}, dryRun: [All]}"
                .formatted(made.at("/metadata/uid")))
        .is(200);
    server.get(configMaps() + "/a").is(200);
    server.delete(configMaps() + "/a?dryRun=All").is(200);
    server.get(configMaps() + "/a").is(200);
    Answer both =
        server.delete(configMaps() + "/a", "{orphanDependents: true, propagationPolicy: Orphan}");
    both.refused(422, "Invalid");
    assertThat(both.causes()).containsExactly("FieldValueInvalid propagationPolicy");
    assertThat(server.delete(configMaps() + "/a", "{propagationPolicy: Sideways}").causes())
        .containsExactly("FieldValueNotSupported propagationPolicy");
    Answer foreground =
        server.delete(
            configMaps() + "/a?propagationPolicy=Foreground", "{propagationPolicy: Background}");
    assertThat(foreground.is(200).at("/status")).isEqualTo("Success");
  }

  @Test
  @DisplayName("item 27: only pods that are bound to a node are given time")
  void givesGraceToBoundPods() {
    server.post(core("pods"), pod("free")).is(201);
    server
        .post(core("pods"), pod("bound").replace("{containers", "{nodeName: n, containers"))
        .is(201);
    server.post(widgets(), widget("a", "size: 1"));

    server.delete(core("pods") + "/free").is(200);
    Answer bound = server.delete(core("pods") + "/bound").is(200);
    server.delete(widgets() + "/a", "{gracePeriodSeconds: 30}").is(200);

    server.get(core("pods") + "/free").is(404);
    server.get(widgets() + "/a").is(404);
    assertThat(bound.at("/metadata/deletionGracePeriodSeconds")).isEqualTo("30");
    assertThat(bound.at("/metadata/generation")).isEqualTo("2");
    Answer shorter = server.delete(core("pods") + "/bound", "{gracePeriodSeconds: 5}").is(200);
    assertThat(shorter.at("/metadata/deletionGracePeriodSeconds")).isEqualTo("5");
    server.delete(core("pods") + "/bound", "{gracePeriodSeconds: 0}").is(200);
    server.get(core("pods") + "/bound").is(404);
  }

  @Test
  @DisplayName("item 28: without a collector Foreground and Orphan leave their finalizers")
  void leavesTheCollectorItsFinalizers() {
    for (String name : new String[] {"a", "b", "c"}) {
      server.post(widgets(), widget(name, "size: 1"));
    }

    Answer foreground = server.delete(widgets() + "/a", "{propagationPolicy: Foreground}").is(200);
    Answer orphan = server.delete(widgets() + "/b?propagationPolicy=Orphan").is(200);
    Answer background = server.delete(widgets() + "/c", "{propagationPolicy: Background}").is(200);

    assertThat(foreground.at("/metadata/finalizers")).isEqualTo("[\"foregroundDeletion\"]");
    assertThat(orphan.at("/metadata/finalizers")).isEqualTo("[\"orphan\"]");
    assertThat(background.at("/status")).isEqualTo("Success");
    server.merge(widgets() + "/a", "{metadata: {finalizers: null}}").is(200);
    server.get(widgets() + "/a").is(404);
  }

  @Test
  @DisplayName("item 29: a collection is deleted by selector, object by object")
  void deletesACollection() {
    server.post(configMaps(), labelled("a", "tier: web"));
    server.post(configMaps(), labelled("b", "tier: db"));
    server.post(
        configMaps(), "{metadata: {name: c, labels: {tier: web}, finalizers: [ex.io/hold]}}");

    Answer deleted = server.delete(configMaps() + "?labelSelector=" + q("tier=web")).is(200);

    assertThat(deleted.at("/kind")).isEqualTo("ConfigMapList");
    assertThat(deleted.names()).containsExactly("a", "c");
    assertThat(server.get(configMaps()).names()).containsExactly("b", "c");
    assertThat(server.get(configMaps() + "/c").at("/metadata/deletionTimestamp")).isNotEmpty();
    server.delete(configMaps() + "?fieldSelector=metadata.name=b").is(200);
    assertThat(server.get(configMaps()).names()).containsExactly("c");
    server.post(widgets(), widget("x", "size: 1"));
    assertThat(server.delete(widgets()).is(200).names()).containsExactly("x");
  }

  @Test
  @DisplayName("item 29: some collections can't be deleted")
  void refusesToDeleteSomeCollections() {
    String no = "the server does not allow this method on the requested resource";

    server.delete("/api/v1/namespaces").refused(405, "MethodNotAllowed", no);
    server.delete("/api/v1/configmaps").refused(405, "MethodNotAllowed", no);
    server.delete("/apis/ex.io/v1/widgets").isNoPage();
  }

  @Test
  @DisplayName("item 30: nothing is created in a namespace that is not there")
  void wantsTheNamespace() {
    server
        .post("/api/v1/namespaces/nowhere/configmaps", configMap("a"))
        .refused(404, "NotFound", "namespaces \"nowhere\" not found");
    server
        .post("/apis/ex.io/v1/namespaces/nowhere/widgets", widget("a", "size: 1"))
        .refused(404, "NotFound", "namespaces \"nowhere\" not found");
    assertThat(server.get("/api/v1/namespaces/nowhere/configmaps").is(200).names()).isEmpty();
    server.get("/api/v1/namespaces/nowhere/configmaps/a").refused(404, "NotFound");
  }

  @Test
  @DisplayName("item 30: a namespace that is being deleted")
  void refusesNewObjectsInATerminatingNamespace() {
    assertThat(server.get("/api/v1/namespaces/" + ns).at("/metadata/labels"))
        .isEqualTo("{\"kubernetes.io/metadata.name\":\"%s\"}".formatted(ns));
    server.post(configMaps(), held("a")).is(201);

    Answer deleted = server.delete("/api/v1/namespaces/" + ns).is(200);

    assertThat(deleted.at("/kind") + " " + deleted.at("/status/phase"))
        .isEqualTo("Namespace Terminating");
    assertThat(deleted.at("/spec/finalizers")).isEqualTo("[\"kubernetes\"]");
    Answer late = server.post(configMaps(), configMap("b"));
    late.refused(
        403,
        "Forbidden",
        "configmaps \"b\" is forbidden: unable to create new content in namespace %s because it is being terminated"
            .formatted(ns));
    assertThat(late.at("/details/causes"))
        .isEqualTo(
            "[{\"reason\":\"NamespaceTerminating\",\"message\":\"namespace %s is being terminated\",\"field\":\"metadata.namespace\"}]"
                .formatted(ns));
    server.merge(configMaps() + "/a", "{data: {k: x}}").is(200);
    server.put(configMaps() + "/a", held("a")).is(200);
    server.merge(configMaps() + "/a", "{metadata: {finalizers: null}}").is(200);
  }

  @Test
  @InMemoryOnly("no namespace controller runs there")
  @DisplayName("item 30: a deleted namespace is emptied and goes")
  void emptiesADeletedNamespace() {
    server.post(configMaps(), configMap("a"));
    server.post(widgets(), widget("a", "size: 1"));
    try (Watch watch =
        server.watch("/api/v1/namespaces?watch=1&fieldSelector=metadata.name=" + ns)) {
      watch.next();
      server.delete("/api/v1/namespaces/" + ns).is(200);
      String last = watch.nextName();
      while (last.startsWith("MODIFIED")) {
        last = watch.nextName();
      }

      assertThat(last).isEqualTo("DELETED " + ns);
      assertThat(server.get(configMaps()).names()).isEmpty();
      assertThat(server.get(widgets()).names()).isEmpty();
    }
  }

  @Test
  @DisplayName("item 30: some namespaces stay")
  void keepsSomeNamespaces() {
    for (String name : new String[] {"default", "kube-system", "kube-public"}) {
      server
          .delete("/api/v1/namespaces/" + name)
          .refused(
              403,
              "Forbidden",
              "namespaces \"%s\" is forbidden: this namespace may not be deleted".formatted(name));
    }
  }
}
