package io.kcp.upstream.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.testkit.server.RunningServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoveryIT {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;q=0.9";

  private final RunningServer server = RunningServer.plain();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void servesTheGroupsOfARealServer() {
    assertThat(Tree.maps(server.get("/apis").body(), "groups"))
        .extracting(group -> group.get("name"))
        .contains("apps", "batch", "networking.k8s.io", "rbac.authorization.k8s.io");
    assertThat(server.get("/apis/apps/v1").text())
        .contains("\"deployments/scale\"", "\"shortNames\":[\"deploy\"]");
    assertThat(server.get("/api").at("versions")).hasToString("[v1]");
  }

  @Test
  void servesAllInOneDocumentWithATag() {
    Answer document = server.get("/apis", "Accept", AGGREGATED);
    Answer again =
        server.get("/apis", "Accept", AGGREGATED, "If-None-Match", document.header("etag"));

    assertThat(document.string("kind")).isEqualTo("APIGroupDiscoveryList");
    assertThat(document.header("content-type").replace(" ", ""))
        .isEqualTo("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.text()).isEmpty();
  }

  @Test
  void tellsUnknownGroupsFromUnknownResources() {
    assertThat(server.get("/apis/nope.io/v1/things").text()).isEqualTo("404 page not found\n");
    assertThat(server.get("/apis/apps/v1/things").string("message"))
        .isEqualTo("the server could not find the requested resource");
  }

  @Test
  void saysHowItIs() {
    assertThat(server.get("/readyz").text()).isEqualTo("ok");
    assertThat(server.get("/version").string("minor")).isEqualTo("36");
  }
}
