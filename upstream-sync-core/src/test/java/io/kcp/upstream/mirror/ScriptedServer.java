package io.kcp.upstream.mirror;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.GroupResource;
import io.kubernetes.client.openapi.ApiClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** A server of ConfigMaps that answers what it is told to, right or wrong. */
final class ScriptedServer implements AutoCloseable {
  static final ResourceType CONFIG_MAPS =
      new ResourceType(
          new GroupResource("", "configmaps"),
          "v1",
          "ConfigMap",
          true,
          Set.of("list", "watch"),
          Set.of());
  private static final String PATH = "/api/v1/configmaps";

  private final WireMockServer server =
      new WireMockServer(
          WireMockConfiguration.options()
              .dynamicPort()
              .containerThreads(24)
              .asynchronousResponseEnabled(true));

  ScriptedServer() {
    server.start();
  }

  ApiClient client() {
    return new ApiClient().setBasePath(server.baseUrl());
  }

  /** Lists, whole or for their version alone, are answered so from now on. */
  void lists(ResponseDefinitionBuilder answer) {
    server.stubFor(list().willReturn(answer));
  }

  void lists(String json) {
    lists(aResponse().withBody(json));
  }

  /** Watches are answered so, one after the other; the last answer stays. */
  void watches(ResponseDefinitionBuilder... answers) {
    Deque<ResponseDefinitionBuilder> left = new ArrayDeque<>(List.of(answers));
    String state = Scenario.STARTED;
    server.resetScenarios();
    for (int i = 0; !left.isEmpty(); i++) {
      MappingBuilder watch =
          get(urlPathEqualTo(PATH)).withQueryParam("watch", equalTo("true")).atPriority(1);
      ResponseDefinitionBuilder answer = left.remove();
      var step = watch.inScenario("watch").whenScenarioStateIs(state).willReturn(answer);
      state = "watch-" + i;
      server.stubFor(left.isEmpty() ? step : step.willSetStateTo(state));
    }
  }

  private static MappingBuilder list() {
    return get(urlPathEqualTo(PATH)).withQueryParam("watch", absent()).atPriority(5);
  }

  /** A watch that says this and ends in good order. */
  static ResponseDefinitionBuilder says(String... events) {
    return aResponse().withBody(String.join("\n", events) + "\n");
  }

  /** A watch that is open, and sends nothing but blanks for longer than any test. */
  static ResponseDefinitionBuilder silence() {
    int blanks = 20_000;
    return aResponse().withBody("\n".repeat(blanks)).withChunkedDribbleDelay(blanks, blanks * 50);
  }

  List<LoggedRequest> listRequests() {
    return server.findAll(getRequestedFor(urlPathEqualTo(PATH)).withQueryParam("watch", absent()));
  }

  List<LoggedRequest> watchRequests() {
    return server.findAll(
        getRequestedFor(urlPathEqualTo(PATH)).withQueryParam("watch", equalTo("true")));
  }

  static String list(String version, String... objects) {
    return """
        {"kind": "ConfigMapList", "apiVersion": "v1",
         "metadata": {"resourceVersion": "%s"}, "items": [%s]}
        """
        .formatted(version, String.join(",", objects));
  }

  static String object(String name, String version) {
    return """
        {"metadata": {"name": "%s", "namespace": "default", "resourceVersion": "%s",\
         "uid": "uid-%s"}, "data": {"version": "%s"}}"""
        .formatted(name, version, name, version);
  }

  static String event(String type, String object) {
    return "{\"type\": \"" + type + "\", \"object\": " + object + "}";
  }

  @Override
  public void close() {
    server.stop();
  }
}
