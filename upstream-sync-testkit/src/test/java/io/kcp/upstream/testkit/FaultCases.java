package io.kcp.upstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults in front of any server, as its clients see them. */
abstract class FaultCases {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String CRD =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: gizmos.ex.io}
      spec:
        group: ex.io
        scope: Namespaced
        names: {plural: gizmos, kind: Gizmo}
        versions:
        - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
      """;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Faults.Fault fault;

  /** The server, shared by all tests of a class. */
  abstract TestCluster cluster();

  @AfterEach
  void lift() {
    if (fault != null) {
      fault.lift();
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(cluster().uri() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(to(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> create(String name) throws Exception {
    String body = "{\"metadata\": {\"name\": \"%s\"}}".formatted(name);
    return http.send(
        to(CONFIG_MAPS)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private String version() throws Exception {
    String list = get(CONFIG_MAPS + "?limit=1").body();
    return list.replaceFirst("(?s).*?\"metadata\":\\{[^}]*?\"resourceVersion\":\"(\\d+)\".*", "$1");
  }

  private BufferedReader watch(String version) throws Exception {
    String path = CONFIG_MAPS + "?watch=1&timeoutSeconds=15&resourceVersion=" + version;
    InputStream events = http.send(to(path).build(), BodyHandlers.ofInputStream()).body();
    return new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8));
  }

  @Test
  void anOverloadedServersAnswerIsPlainText() throws Exception {
    fault = cluster().faults().on(Verb.LIST, "configmaps").respondText(429, "slow down");

    HttpResponse<String> answer = get(CONFIG_MAPS);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("slow down");
    assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
  }

  @Test
  void partOfDiscoveryIsDown() throws Exception {
    fault = cluster().faults().on(Verb.GET, "/apis/apps/v1").respond(503);

    assertThat(get("/apis/apps/v1").statusCode()).isEqualTo(503);
    assertThat(get("/apis/batch/v1").statusCode()).isEqualTo(200);
  }

  @Test
  void nobodyIsKnownUntilTheFaultIsLifted() throws Exception {
    fault = cluster().faults().on(Verb.LIST, "*").respond(401);
    assertThat(get(CONFIG_MAPS).statusCode()).isEqualTo(401);

    fault.lift();

    assertThat(get(CONFIG_MAPS).statusCode()).isEqualTo(200);
  }

  @Test
  void aCrdVanishesAndComesBack() {
    String gizmos = "/apis/ex.io/v1/gizmos";
    TestCluster.Actor admin = cluster().as("admin");
    admin.apply(CRD);
    await().atMost(Duration.ofSeconds(15)).until(() -> get(gizmos).statusCode() == 200);

    admin.delete("customresourcedefinitions.apiextensions.k8s.io", "", "gizmos.ex.io");
    await().atMost(Duration.ofSeconds(15)).until(() -> get(gizmos).statusCode() == 404);
    cluster().awaitGone("customresourcedefinitions.apiextensions.k8s.io", "", "gizmos.ex.io");
    admin.apply(CRD);

    await().atMost(Duration.ofSeconds(15)).until(() -> get(gizmos).statusCode() == 200);
  }

  @Test
  void eventsComeTwice() throws Exception {
    fault = cluster().faults().on(Verb.WATCH, "configmaps").duplicateEvents();
    try (BufferedReader events = watch(version())) {
      create("twice");

      String first = events.readLine();
      assertThat(first).contains("\"twice\"");
      assertThat(events.readLine()).isEqualTo(first);
    }
  }

  @Test
  void aWatchBreaksAfterAnEvent() throws Exception {
    fault = cluster().faults().on(Verb.WATCH, "configmaps").dropAfterEvents(1);
    try (BufferedReader events = watch(version())) {
      create("dropped");

      assertThat(events.readLine()).contains("\"dropped\"");
      assertThatThrownBy(events::readLine).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aResumedWatchAndAContinuedListAreToldThatTheyAreTooOld() throws Exception {
    create("old-a");
    create("old-b");
    String version = version();
    fault = cluster().faults().on(Verb.WATCH, "configmaps").expire();
    try (BufferedReader events = watch(version)) {
      assertThat(events.readLine()).contains("\"ERROR\"").contains("410");
    }
    fault.lift();
    String token =
        get(CONFIG_MAPS + "?limit=1").body().replaceFirst("(?s).*\"continue\":\"(.+?)\".*", "$1");
    fault = cluster().faults().on(Verb.LIST, "configmaps").expire();

    assertThat(get(CONFIG_MAPS + "?limit=1&continue=" + token).statusCode()).isEqualTo(410);
  }

  @Test
  void aLostRequestIsNotDoneAndALostAnswerIs() throws Exception {
    fault = cluster().faults().on(Verb.CREATE, "configmaps").resetBeforeWrite();
    assertThatThrownBy(() -> create("lost-request")).isInstanceOf(IOException.class);
    fault.lift();
    fault = cluster().faults().on(Verb.CREATE, "configmaps").resetAfterWrite();
    assertThatThrownBy(() -> create("lost-answer")).isInstanceOf(IOException.class);

    assertThat(cluster().find("configmaps", "default", "lost-request")).isEmpty();
    assertThat(cluster().find("configmaps", "default", "lost-answer")).isPresent();
  }

  @Test
  void aStaleListSaysAgainWhatItSaidFirst() throws Exception {
    create("stale-a");
    fault = cluster().faults().on(Verb.LIST, "configmaps").stale();
    String first = get(CONFIG_MAPS).body();
    assertThat(fault.hits()).isZero();
    create("stale-b");

    assertThat(get(CONFIG_MAPS).body()).isEqualTo(first).doesNotContain("stale-b");
    assertThat(fault.hits()).isOne();
    assertThat(get(CONFIG_MAPS + "?limit=500").body()).contains("stale-b");
    fault.lift();
    assertThat(get(CONFIG_MAPS).body()).contains("stale-b");
  }

  @Test
  void anAnswerIsCut() throws Exception {
    fault = cluster().faults().on(Verb.LIST, "configmaps").truncate(20);

    assertThatThrownBy(() -> get(CONFIG_MAPS)).isInstanceOf(IOException.class);
  }
}
