package io.kcp.upstream.scale;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.SyncRuntime;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kubernetes.client.util.Config;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Measures one syncer between two servers that run in processes of their own. Started by hand:
 *
 * <pre>
 * Measure many PHYSICAL_KUBECONFIG WORKSPACE_KUBECONFIG COUNT copied|empty
 * Measure PHYSICAL_KUBECONFIG WORKSPACE_KUBECONFIG fill configmaps|pods COUNT
 * Measure PHYSICAL_KUBECONFIG WORKSPACE_KUBECONFIG bare configmaps|pods COUNT
 * Measure PHYSICAL_KUBECONFIG WORKSPACE_KUBECONFIG sync configmaps|pods
 * </pre>
 *
 * {@code many} serves so many pods, and their copies or none, out of one of each: so a syncer can
 * be weighed without the time that servers take to make them, and writes both kubeconfigs; {@code
 * fill} makes the objects in the physical cluster; {@code bare} makes as many in the workspace by
 * nothing but the same requests, the limit of what any syncer can reach; {@code sync} runs a syncer
 * until both sides are equal, and weighs it.
 */
public final class Measure {
  private static final int AT_ONCE = Integer.getInteger("measure.atOnce", 16);
  private static final SyncerConfig.Limits LIMITS =
      new SyncerConfig.Limits(1_000_000, 1_000_000, AT_ONCE, 500);

  private Measure() {}

  public static void main(String[] args) throws Exception {
    if (args[0].equals("many")) {
      ManyPairs.serve(args[1], args[2], Integer.parseInt(args[3]), args[4].equals("copied"));
      return;
    }
    Load load = new Load(args[3], AT_ONCE);
    switch (args[2]) {
      case "fill" -> load.make(args[0], "load", count(args));
      case "bare" -> {
        load.make(args[1], "bare-" + ProcessHandle.current().pid(), count(args));
        System.out.printf("%.1f s of CPU%n", cpu());
      }
      case "sync" -> sync(args, load);
      default -> throw new IllegalArgumentException("not a command: " + args[2]);
    }
  }

  private static int count(String[] args) {
    return Integer.parseInt(args[4]);
  }

  private static void sync(String[] args, Load load) throws Exception {
    load.makeSyncTarget(args[1]);
    long before = heap();
    try (SyncRuntime runtime = SyncRuntime.builder().workers(AT_ONCE).build();
        UpstreamSyncer syncer =
            UpstreamSyncer.builder(
                    PhysicalCluster.of(Config.fromConfig(args[0])).with(LIMITS),
                    Workspace.of(Config.fromConfig(args[1])).with(LIMITS),
                    "measured-" + args[3])
                .runtime(runtime)
                .withoutLease()
                .build()) {
      long start = System.nanoTime();
      syncer.start();
      syncer.awaitInSync(Duration.ofHours(1));
      double seconds = (System.nanoTime() - start) / 1e9;
      long pairs = syncer.state().objects().values().stream().mapToLong(n -> n).sum();
      System.out.printf(
          "%d pairs in %.1f s: %.0f/s; %.1f s of CPU%n", pairs, seconds, pairs / seconds, cpu());
      TimeUnit.SECONDS.sleep(2);
      long after = heap();
      System.out.printf(
          "heap %.1f MB, of it %.1f MB before the start: %d B a pair; %d threads; %s%n",
          after / 1e6,
          before / 1e6,
          (after - before) / Math.max(1, pairs),
          Thread.activeCount(),
          syncer.state().objects());
      if (Boolean.getBoolean("measure.keep")) {
        TimeUnit.HOURS.sleep(1);
      }
    }
  }

  /** Of this process since it began, its start included. */
  private static double cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  private static long heap() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
