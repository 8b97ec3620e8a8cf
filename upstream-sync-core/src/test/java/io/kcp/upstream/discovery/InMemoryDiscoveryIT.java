package io.kcp.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.wire.ClusterEndpoint;
import org.junit.jupiter.api.Test;

class InMemoryDiscoveryIT {
  private static final GroupResource SYNC_TARGETS =
      GroupResource.parse("synctargets.workload.kcp.io");

  private static void assertDiscovered(TestCluster cluster) throws InterruptedException {
    ClusterEndpoint endpoint = Wire.endpoint(cluster.client());
    DiscoveryClient client = new DiscoveryClient(endpoint);
    OpenApiSchemas schemas = new OpenApiSchemas(endpoint);

    ResourceType type = client.refresh().preferred(SYNC_TARGETS).orElseThrow();

    assertThat(type.hasStatus()).isTrue();
    assertThat(client.servesNow(type)).isTrue();
    assertThat(schemas.schemaOf(type).field("status").field("conditions").keys())
        .containsExactly("type");
    assertThat(client.clusterUid()).isNotEmpty();
  }

  @Test
  void aWorkspaceIsWalked() throws InterruptedException {
    try (InMemoryApiServer server =
        InMemoryApiServer.builder().kcp(true).workspace("root:shop").start()) {
      assertDiscovered(server.workspace("root:shop"));
    }
  }

  @Test
  void anOrdinaryServerIsAskedTwice() throws InterruptedException {
    try (InMemoryApiServer server = InMemoryApiServer.builder().start()) {
      long mark = server.journal().mark();
      new DiscoveryClient(Wire.endpoint(server.client())).refresh();
      assertThat(server.journal().since(mark).requests()).hasSize(2);

      assertDiscovered(server);
    }
  }
}
