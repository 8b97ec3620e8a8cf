package io.kcp.upstream.discovery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.wire.RequestException;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DiscoveryClientIT {
  private static final GroupResource CONFIG_MAPS = GroupResource.parse("configmaps");
  private static final GroupResource DEPLOYMENTS = GroupResource.parse("deployments.apps");
  private static final GroupResource WIDGETS = GroupResource.parse("widgets.example.com");
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  private static final String CORE_RESOURCES =
      """
      {"kind": "APIResourceList", "groupVersion": "v1", "resources": [
        {"name": "configmaps", "kind": "ConfigMap", "namespaced": true,
         "verbs": ["create", "delete", "get", "list", "patch", "update", "watch"]},
        {"name": "namespaces", "kind": "Namespace", "namespaced": false, "verbs": ["get"]},
        {"name": "namespaces/status", "kind": "Namespace", "namespaced": false, "verbs": ["get"]},
        {"name": "namespaces/finalize", "kind": "Namespace", "namespaced": false, "verbs": ["update"]},
        {"name": "Odd_Name", "kind": "Odd", "namespaced": true, "verbs": ["list", "watch"]}]}
      """;
  private static final String APPS_RESOURCES =
      """
      {"kind": "APIResourceList", "groupVersion": "apps/v1", "resources": [
        {"name": "deployments", "kind": "Deployment", "namespaced": true, "verbs": ["list", "watch"]},
        {"name": "deployments/status", "kind": "Deployment", "namespaced": true, "verbs": ["get"]}]}
      """;
  private static final String WIDGET_RESOURCES =
      """
      {"kind": "APIResourceList", "groupVersion": "example.com/v1", "resources": [
        {"name": "widgets", "kind": "Widget", "namespaced": true, "verbs": ["list", "watch"]}]}
      """;
  private static final String GROUPS =
      """
      {"kind": "APIGroupList", "groups": [
        {"name": "apps", "versions": [{"groupVersion": "apps/v1", "version": "v1"}],
         "preferredVersion": {"groupVersion": "apps/v1", "version": "v1"}},
        {"name": "example.com", "versions": [
           {"groupVersion": "example.com/v1", "version": "v1"},
           {"groupVersion": "example.com/v2", "version": "v2"}],
         "preferredVersion": {"groupVersion": "example.com/v2", "version": "v2"}}]}
      """;

  @RegisterExtension
  final WireMockExtension server =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private DiscoveryClient client;

  @BeforeEach
  void connect() {
    client = new DiscoveryClient(Wire.endpoint(server.baseUrl()));
  }

  private void answer(String path, String json) {
    server.stubFor(get(urlEqualTo(path)).willReturn(okJson(json)));
  }

  private void answer(String path, ResponseDefinitionBuilder response) {
    server.stubFor(get(urlEqualTo(path)).willReturn(response));
  }

  private static ResponseDefinitionBuilder aggregated(String tag, String items) {
    return okForContentType(
            AGGREGATED, "{\"kind\": \"APIGroupDiscoveryList\", \"items\": [" + items + "]}")
        .withHeader("ETag", "\"" + tag + "\"");
  }

  private static String group(String name, String freshness, String resources) {
    return """
        {"metadata": {"name": "%s"}, "versions": [
          {"version": "v1", "freshness": "%s", "resources": [%s]}]}
        """
        .formatted(name, freshness, resources);
  }

  private static String resource(String plural, String kind) {
    return """
        {"resource": "%s", "responseKind": {"group": "", "version": "v1", "kind": "%s"},
         "scope": "Namespaced", "verbs": ["list", "watch"],
         "subresources": [{"subresource": "status", "verbs": ["get"]}]}
        """
        .formatted(plural, kind);
  }

  @Nested
  class LegacyWalk {
    @BeforeEach
    void serve() {
      answer("/api", "{\"kind\": \"APIVersions\", \"versions\": [\"v1\"]}");
      answer("/api/v1", CORE_RESOURCES);
      answer("/apis", GROUPS);
      answer("/apis/apps/v1", APPS_RESOURCES);
      answer("/apis/example.com/v1", WIDGET_RESOURCES);
      answer("/apis/example.com/v2", WIDGET_RESOURCES);
    }

    @Test
    void findsEveryResourceInAllVersionsPreferredFirst() throws Exception {
      Served served = client.refresh();

      assertThat(served.resources())
          .containsExactlyInAnyOrder(
              CONFIG_MAPS, GroupResource.parse("namespaces"), DEPLOYMENTS, WIDGETS);
      assertThat(served.versions(WIDGETS))
          .extracting(ResourceType::version)
          .containsExactly("v2", "v1");
      assertThat(served.preferred(DEPLOYMENTS))
          .contains(
              new ResourceType(
                  DEPLOYMENTS,
                  "v1",
                  "Deployment",
                  true,
                  Set.of("list", "watch"),
                  Set.of("status")));
      assertThat(served.preferred(GroupResource.parse("namespaces")).orElseThrow())
          .satisfies(type -> assertThat(type.namespaced()).isFalse())
          .satisfies(
              type ->
                  assertThat(type.subresources()).containsExactlyInAnyOrder("finalize", "status"));
      assertThat(served.isStale("")).isFalse();
      assertThat(served.isStale("apps")).isFalse();
    }

    @Test
    void aGroupThatFailsKeepsWhatIsKnownAndIsStale() throws Exception {
      client.refresh();
      answer("/apis/apps/v1", aResponse().withStatus(503).withBody("service unavailable"));

      Served served = client.refresh();

      assertThat(served.preferred(DEPLOYMENTS)).isPresent();
      assertThat(served.isStale("apps")).isTrue();
      assertThat(served.isStale("example.com")).isFalse();
    }

    @Test
    void aGroupThatAnswersNonsenseKeepsWhatIsKnownAndIsStale() throws Exception {
      client.refresh();
      answer("/apis/apps/v1", "{\"resources\": [{\"name\": \"deplo");
      answer("/apis/example.com/v2", "{\"resources\": \"none\"}");

      Served served = client.refresh();

      assertThat(served.preferred(DEPLOYMENTS)).isPresent();
      assertThat(served.versions(WIDGETS)).hasSize(2);
      assertThat(served.isStale("apps")).isTrue();
      assertThat(served.isStale("example.com")).isTrue();
    }

    @Test
    void aGroupThatFailsFromTheStartIsStale() throws Exception {
      answer("/apis/apps/v1", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

      Served served = client.refresh();

      assertThat(served.preferred(DEPLOYMENTS)).isEmpty();
      assertThat(served.isStale("apps")).isTrue();
      assertThat(served.preferred(CONFIG_MAPS)).isPresent();
    }

    @Test
    void aGroupThatIsNoLongerListedIsGone() throws Exception {
      client.refresh();
      answer("/apis", "{\"kind\": \"APIGroupList\", \"groups\": []}");

      Served served = client.refresh();

      assertThat(served.preferred(DEPLOYMENTS)).isEmpty();
      assertThat(served.isStale("apps")).isFalse();
    }

    @Test
    void aStaleGroupRecovers() throws Exception {
      client.refresh();
      answer("/apis/apps/v1", aResponse().withStatus(500));
      client.refresh();
      answer("/apis/apps/v1", "{\"resources\": []}");

      Served served = client.refresh();

      assertThat(served.preferred(DEPLOYMENTS)).isEmpty();
      assertThat(served.isStale("apps")).isFalse();
    }

    @Test
    void oneFailingRootConcernsItsGroupsAlone() throws Exception {
      answer("/apis", aResponse().withStatus(403).withBody("unknown"));

      Served served = client.refresh();

      assertThat(served.preferred(CONFIG_MAPS)).isPresent();
      assertThat(served.isStale("")).isFalse();
      assertThat(served.isStale("apps")).isTrue();
    }

    @Test
    void everythingStaysKnownWhileTheServerIsAway() throws Exception {
      client.refresh();
      answer("/api", aResponse().withFault(Fault.EMPTY_RESPONSE));
      answer("/apis", aResponse().withStatus(404).withBody("404 page not found"));

      Served served = client.refresh();

      assertThat(served.preferred(CONFIG_MAPS)).isPresent();
      assertThat(served.versions(WIDGETS)).hasSize(2);
      assertThat(served.isStale("")).isTrue();
      assertThat(served.isStale("apps")).isTrue();
    }
  }

  @Nested
  class AggregatedDiscovery {
    @BeforeEach
    void serve() {
      answer(
          "/api", aggregated("core-1", group("", "Current", resource("configmaps", "ConfigMap"))));
      answer(
          "/apis",
          aggregated(
              "apps-1",
              group("apps", "Current", resource("deployments", "Deployment"))
                  + ","
                  + group("example.com", "Current", resource("widgets", "Widget"))));
    }

    @Test
    void takesTwoRequests() throws Exception {
      Served served = client.refresh();

      assertThat(served.resources()).containsExactlyInAnyOrder(CONFIG_MAPS, DEPLOYMENTS, WIDGETS);
      assertThat(served.preferred(DEPLOYMENTS))
          .contains(
              new ResourceType(
                  DEPLOYMENTS,
                  "v1",
                  "Deployment",
                  true,
                  Set.of("list", "watch"),
                  Set.of("status")));
      assertThat(server.getAllServeEvents()).hasSize(2);
    }

    @Test
    void asksOnlyWhetherSomethingChanged() throws Exception {
      client.refresh();
      answer("/api", aResponse().withStatus(304));
      answer("/apis", aResponse().withStatus(304));

      Served served = client.refresh();

      assertThat(served.resources()).containsExactlyInAnyOrder(CONFIG_MAPS, DEPLOYMENTS, WIDGETS);
      server.verify(
          getRequestedFor(urlEqualTo("/apis")).withHeader("If-None-Match", equalTo("\"apps-1\"")));
    }

    @Test
    void aStaleGroupKeepsWhatIsKnown() throws Exception {
      client.refresh();
      answer(
          "/apis",
          aggregated(
              "apps-2",
              group("apps", "Stale", "")
                  + ","
                  + group("example.com", "Stale", resource("widgets", "Widget"))));

      Served served = client.refresh();

      assertThat(served.preferred(DEPLOYMENTS)).isPresent();
      assertThat(served.preferred(WIDGETS)).isPresent();
      assertThat(served.isStale("apps")).isTrue();
      assertThat(served.isStale("example.com")).isTrue();
      assertThat(served.isStale("")).isFalse();
    }

    @Test
    void aServerThatStopsAggregatingIsWalked() throws Exception {
      client.refresh();
      answer("/apis", "{\"kind\": \"APIGroupList\", \"groups\": []}");

      assertThat(client.refresh().resources()).containsExactly(CONFIG_MAPS);
    }

    @Test
    void anUnreadableDocumentChangesNothing() throws Exception {
      client.refresh();
      answer("/apis", okForContentType(AGGREGATED, "{\"items\": [{\"versions\": 7}]}"));

      Served served = client.refresh();

      assertThat(served.preferred(DEPLOYMENTS)).isPresent();
      assertThat(served.isStale("apps")).isTrue();
      assertThat(served.isStale("")).isFalse();
    }
  }

  @Test
  void failsWhenNothingIsKnownAndNobodyAnswers() {
    server.stubFor(
        get(urlEqualTo("/api"))
            .willReturn(
                aResponse()
                    .withStatus(429)
                    .withBody("Too many requests, please try again later.")));
    answer("/apis", aResponse().withStatus(429).withBody("Too many requests"));

    assertThatThrownBy(client::refresh)
        .isInstanceOfSatisfying(RequestException.class, e -> assertThat(e.code()).isEqualTo(429));
  }

  @Nested
  class LiveLook {
    private final ResourceType widgets =
        new ResourceType(WIDGETS, "v1", "Widget", true, Set.of(), Set.of());

    @Test
    void tellsWhatIsServed() throws Exception {
      answer("/apis/example.com/v1", WIDGET_RESOURCES);

      assertThat(client.servesNow(widgets)).isTrue();
    }

    @Test
    void tellsThatAGroupIsGone() throws Exception {
      answer("/apis/example.com/v1", aResponse().withStatus(404).withBody("404 page not found"));

      assertThat(client.servesNow(widgets)).isFalse();
    }

    @Test
    void tellsThatAResourceIsGoneOrNoLongerWatchable() throws Exception {
      answer("/apis/example.com/v1", APPS_RESOURCES);
      assertThat(client.servesNow(widgets)).isFalse();

      answer("/apis/example.com/v1", WIDGET_RESOURCES.replace("\"watch\"", "\"get\""));
      assertThat(client.servesNow(widgets)).isFalse();
    }

    @Test
    void isNoEvidenceWhenTheServerFails() {
      answer("/apis/example.com/v1", aResponse().withStatus(503));
      assertThatThrownBy(() -> client.servesNow(widgets)).isInstanceOf(RequestException.class);

      answer("/apis/example.com/v1", "{\"resources\": {}}");
      assertThatThrownBy(() -> client.servesNow(widgets)).isInstanceOf(RequestException.class);
    }

    @Test
    void readsTheClustersUid() throws Exception {
      answer("/api/v1/namespaces/kube-system", "{\"metadata\": {\"uid\": \"u-1\"}}");
      assertThat(client.clusterUid()).isEqualTo("u-1");

      answer("/api/v1/namespaces/kube-system", "{\"metadata\": {}}");
      assertThatThrownBy(client::clusterUid).isInstanceOf(RequestException.class);
    }
  }
}
