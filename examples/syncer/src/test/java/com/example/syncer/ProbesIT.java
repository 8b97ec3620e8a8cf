package com.example.syncer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.MicrometerMeters;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.SyncRuntime;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.testkit.ApiServerTest;
import io.kcp.upstream.testkit.Cluster;
import io.kcp.upstream.testkit.TestCluster;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What Prometheus and a kubelet see of the stand-alone syncer. */
@ApiServerTest
class ProbesIT {
  private static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: login, namespace: default}
      stringData: {password: very-secret-word}
      """;

  private static final String TARGET =
      """
      apiVersion: workload.kcp.io/v1alpha1
      kind: SyncTarget
      metadata: {name: edge-1}
      spec: {upstreamSync: {resources: [{resource: secrets}]}}
      """;

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicReference<Optional<String>> stuck = new AtomicReference<>(Optional.empty());
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private HttpResponse<String> get(Probes probes, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(probes.address() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @SuppressWarnings("try") // it is closed before the probes are, on purpose
  @Test
  void tellsWhetherTheSyncerIsReadyAndAlive(
      @Cluster("edge") TestCluster edge, @Cluster("shop") TestCluster shop) throws Exception {
    edge.as("kubectl").apply(SECRET);
    shop.as("admin").apply(TARGET);
    try (SyncRuntime runtime = SyncRuntime.builder().meters(MicrometerMeters.of(registry)).build();
        UpstreamSyncer syncer =
            UpstreamSyncer.builder(
                    PhysicalCluster.of(edge.readOnlyClient()),
                    Workspace.of(shop.client()),
                    "edge-1")
                .runtime(runtime)
                .build();
        Probes probes =
            Probes.serve(0, new Probes.Sources(registry::scrape, syncer::state, stuck::get))) {
      assertThat(get(probes, "/readyz").statusCode()).as("before the start").isEqualTo(503);
      assertThat(get(probes, "/livez").statusCode()).isEqualTo(200);

      syncer.start();
      syncer.awaitInSync(Duration.ofSeconds(30));

      HttpResponse<String> ready = get(probes, "/readyz");
      HttpResponse<String> metrics = get(probes, "/metrics");
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body()).startsWith("RUNNING");
      assertThat(metrics.statusCode()).isEqualTo(200);
      assertThat(metrics.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
      assertThat(metrics.body())
          .contains("upstream_sync_objects{", "upstream_sync_requests_seconds_bucket{")
          .containsPattern("upstream_sync_objects\\{.*verdict=\"synced\".*\\} 1.0");
      assertThat(shop.find("secrets", "default", "login")).isPresent();
      assertThat(metrics.body() + ready.body())
          .as("neither a value nor the name of a Secret")
          .doesNotContain("very-secret-word", "dmVyeS1zZWNyZXQtd29yZA==", "login");

      stuck.set(Optional.of("a thread does not get on"));
      assertThat(get(probes, "/livez").statusCode()).as("only a new start helps").isEqualTo(503);
      assertThat(get(probes, "/livez").body())
          .isEqualToIgnoringNewLines("STUCK: a thread does not get on");
      assertThat(get(probes, "/readyz").statusCode()).isEqualTo(200);
      stuck.set(Optional.empty());
      assertThat(get(probes, "/livez").statusCode()).isEqualTo(200);

      syncer.close();

      assertThat(get(probes, "/livez").statusCode()).as("it ended").isEqualTo(503);
      assertThat(get(probes, "/readyz").statusCode()).isEqualTo(503);
    }
  }
}
