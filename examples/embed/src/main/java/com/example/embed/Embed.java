package com.example.embed;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectKey;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.Config;
import java.time.Duration;

/** Pulls what SyncTarget edge-1 selects up into root:shop until the process is ended. */
public final class Embed {
  private Embed() {}

  /** Reads edge.kubeconfig and kcp.kubeconfig of the working folder. */
  public static void main(String[] args) throws Exception {
    ApiClient edge = Config.fromConfig("edge.kubeconfig");
    ApiClient kcp = Config.fromConfig("kcp.kubeconfig");
    try (UpstreamSyncer syncer =
        UpstreamSyncer.builder(PhysicalCluster.of(edge), Workspace.of(kcp, "root:shop"), "edge-1")
            .build()) {
      Runtime.getRuntime().addShutdownHook(new Thread(syncer::close));
      syncer.start();
      syncer.awaitInSync(Duration.ofMinutes(1));
      ObjectKey web = ObjectKey.physical("deployments.apps", "shop", "web");
      System.out.println(syncer.explain(web).message());
      syncer.awaitStopped();
    }
  }
}
