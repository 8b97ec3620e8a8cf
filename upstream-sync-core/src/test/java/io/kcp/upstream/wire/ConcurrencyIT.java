package io.kcp.upstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server's answers do to the number of requests in flight. */
@ApiServerTest
class ConcurrencyIT {
  private static final ApiRequest GET = ApiRequest.get("/api/v1/namespaces/default");

  private static ClusterEndpoint endpoint(TestCluster cluster, Duration request) {
    return new ClusterEndpoint(
        "server",
        cluster.client(),
        "",
        new EndpointLimits(1000, 1000, 8, 500, request),
        cluster::client);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aServerThatIsBusyIsAskedLess(int code, @Cluster("server") TestCluster server)
      throws Exception {
    ClusterEndpoint endpoint = endpoint(server, Duration.ofSeconds(10));
    server.faults().on(Verb.GET, "namespaces").nth(1).respond(code);

    assertThatThrownBy(() -> endpoint.send(GET)).isInstanceOf(RequestException.class);
    assertThat(endpoint.concurrency()).isEqualTo(4);

    for (int i = 0; i < 40; i++) {
      endpoint.send(GET);
    }
    assertThat(endpoint.concurrency()).isEqualTo(8);
  }

  @Test
  void otherRefusalsSayNothingOfItsStrength(@Cluster("server") TestCluster server) {
    ClusterEndpoint endpoint = endpoint(server, Duration.ofSeconds(10));
    server.faults().on(Verb.GET, "namespaces").nth(1).respond(500);

    assertThatThrownBy(() -> endpoint.send(GET)).isInstanceOf(RequestException.class);
    assertThatThrownBy(() -> endpoint.send(ApiRequest.get("/api/v1/namespaces/nowhere")))
        .isInstanceOf(RequestException.class);

    assertThat(endpoint.concurrency()).isEqualTo(8);
  }

  @Test
  void oneThatDoesNotAnswerInTimeIsAskedLess(@Cluster("server") TestCluster server) {
    ClusterEndpoint endpoint = endpoint(server, Duration.ofMillis(200));
    server.faults().on(Verb.GET, "namespaces").nth(1).hang();

    assertThatThrownBy(() -> endpoint.send(GET)).isInstanceOf(RequestException.class);

    assertThat(endpoint.concurrency()).isEqualTo(4);
  }
}
