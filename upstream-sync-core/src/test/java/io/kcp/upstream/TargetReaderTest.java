package io.kcp.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TargetReaderTest {
  private static final String PATH = TargetReader.PATH + "/edge-1";

  private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());

  @BeforeEach
  void serve() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void triesAgainWhileTheServerIsBusy() throws Exception {
    server.stubFor(
        get(urlEqualTo(PATH))
            .inScenario("busy")
            .whenScenarioStateIs(Scenario.STARTED)
            .willSetStateTo("ready")
            .willReturn(aResponse().withStatus(429).withBody("Too many requests")));
    server.stubFor(
        get(urlEqualTo(PATH))
            .inScenario("busy")
            .whenScenarioStateIs("ready")
            .willReturn(aResponse().withBody("{\"metadata\": {\"name\": \"edge-1\"}}")));

    assertThat(reader().read(Duration.ofSeconds(10)).name()).isEqualTo("edge-1");
  }

  @Test
  void givesUpAfterTheLimitAndSaysHowOftenItTried() {
    answer(aResponse().withStatus(503).withBody("starting"));

    SyncException refused = refused(Duration.ofMillis(600));

    assertThat(refused.kind()).isEqualTo(SyncException.Kind.TRANSIENT);
    assertThat(refused)
        .hasMessageContaining("can't be reached after 2 tries")
        .hasMessageContaining("503");
    server.verify(2, getRequestedFor(urlEqualTo(PATH)));
  }

  @Test
  void aMissingSyncTargetIsNamed() {
    answer(
        status(
            404, "NotFound", "synctargets.workload.kcp.io \\\"edge-1\\\" not found", "edge-1", ""));

    assertThat(refused(Duration.ofSeconds(1)))
        .hasMessageStartingWith(
            "SyncTarget \"edge-1\" does not exist in workspace " + server.baseUrl());
  }

  @Test
  void aMissingCrdSaysHowToInstallIt() {
    answer(aResponse().withStatus(404).withBody("404 page not found"));

    assertThat(refused(Duration.ofSeconds(1)))
        .hasMessageContaining("kubectl apply --server-side -f workload.kcp.io_synctargets.yaml");
  }

  @Test
  void aMissingWorkspaceIsNamed() {
    answer(
        status(
            404,
            "NotFound",
            "workspaces.tenancy.kcp.io \\\"root:shop\\\" not found",
            "root:shop",
            "workspaces"));

    assertThat(refused(Duration.ofSeconds(1)))
        .hasMessageStartingWith("workspace \"root:shop\" does not exist at " + server.baseUrl());
  }

  @Test
  void refusedCredentialsAreNotTriedAgain() {
    answer(status(401, "Unauthorized", "Unauthorized", "", ""));

    SyncException refused = refused(Duration.ofSeconds(10));

    assertThat(refused.kind()).isEqualTo(SyncException.Kind.CONFIGURATION);
    assertThat(refused).hasMessageContaining("refuses the credentials (401)");
  }

  @Test
  void aMissingPermissionSaysWhatToGrant() {
    answer(status(403, "Forbidden", "User \\\"u\\\" cannot get it", "", ""));

    assertThat(refused(Duration.ofSeconds(10)))
        .hasMessageContaining("grant get on synctargets.workload.kcp.io");
  }

  private void answer(ResponseDefinitionBuilder response) {
    server.stubFor(get(urlEqualTo(PATH)).willReturn(response));
  }

  private static ResponseDefinitionBuilder status(
      int code, String reason, String message, String name, String kind) {
    return aResponse()
        .withStatus(code)
        .withBody(
            """
            {"kind": "Status", "status": "Failure", "reason": "%s", "message": "%s",
             "code": %d, "details": {"name": "%s", "kind": "%s"}}"""
                .formatted(reason, message, code, name, kind));
  }

  private SyncException refused(Duration limit) {
    return catchThrowableOfType(SyncException.class, () -> reader().read(limit));
  }

  private TargetReader reader() {
    ApiClient client = new ApiClient().setBasePath(server.baseUrl());
    ClusterEndpoint workspace =
        new ClusterEndpoint(
            "workspace",
            client,
            "",
            new EndpointLimits(1000, 1000, 4, 500, Duration.ofSeconds(5)),
            () -> client);
    return new TargetReader(workspace, "root:shop", "edge-1");
  }
}
