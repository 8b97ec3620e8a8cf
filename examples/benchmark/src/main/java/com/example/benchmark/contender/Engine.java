package com.example.benchmark.contender;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.SyncRuntime;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** The engine, with the limits of its clients out of the way and all else as it comes. */
final class Engine implements Contender {
  private static final String TARGETS = "/apis/workload.kcp.io/v1alpha1/synctargets";
  private static final String NAME = "bench";
  private static final SyncerConfig.Limits LIMITS =
      new SyncerConfig.Limits(100_000, 100_000, 32, 500);

  /** A SyncTarget takes no more entries; whole groups are asked for then. */
  private static final int MOST_RESOURCES = 256;

  private final boolean decides;
  private SyncRuntime runtime;
  private UpstreamSyncer syncer;

  /**
   * An engine that has not begun.
   *
   * @param decides whether the SyncTarget asks for three-way merges with a fallback, and not for
   *     what the CRD gives it
   */
  Engine(boolean decides) {
    this.decides = decides;
  }

  @Override
  public void begin(Order order) {
    Api workspace = Api.of(order.workspace());
    if (workspace.get(TARGETS).path("items").isEmpty()) {
      workspace.post(TARGETS, syncTarget(order));
    }
    runtime = SyncRuntime.builder().workers(32).build();
    syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(Clients.official(order.physical())).with(LIMITS),
                Workspace.of(Clients.official(order.workspace())).with(LIMITS),
                NAME)
            .runtime(runtime)
            .build();
    syncer.start();
  }

  private String syncTarget(Order order) {
    ObjectNode target = new ObjectMapper().createObjectNode();
    target.put("apiVersion", "workload.kcp.io/v1alpha1").put("kind", "SyncTarget");
    target.withObject("/metadata").put("name", NAME);
    ArrayNode resources = target.withArray("/spec/upstreamSync/resources");
    boolean each = order.kinds().size() <= MOST_RESOURCES;
    order.kinds().stream()
        .map(kind -> Map.entry(kind.group(), each ? kind.resource() : "*"))
        .distinct()
        .forEach(
            entry ->
                resources
                    .addObject()
                    .put("group", entry.getKey())
                    .put("resource", entry.getValue()));
    target.withArray("/spec/upstreamSync/namespaces/include").add(Kind.NAMESPACE);
    if (decides) {
      target
          .withObject("/spec/upstreamSync/conflict")
          .put("strategy", "three-way-merge")
          .put("fallback", "client-side-wins");
    }
    return target.toString();
  }

  @Override
  public void awaitInSync() throws InterruptedException, TimeoutException {
    syncer.awaitInSync(Duration.ofMinutes(10));
  }

  @Override
  public void close() {
    syncer.close();
    runtime.close();
  }
}
