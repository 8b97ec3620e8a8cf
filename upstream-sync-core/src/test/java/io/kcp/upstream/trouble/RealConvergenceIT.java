package io.kcp.upstream.trouble;

import io.kcp.upstream.testkit.RealApiServer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stories of {@link ConvergenceIT} on two real API servers with garbage collector and namespace
 * life cycle, one after the other. More seeds: {@code -Dtrouble.real.seeds=30}.
 */
@EnabledIf(
    value = "io.kcp.upstream.testkit.RealApiServer#hasControllers",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with kube-controller-manager")
class RealConvergenceIT {
  private static RealApiServer.Started physical;
  private static RealApiServer.Started workspace;

  @BeforeAll
  static void begin() {
    physical = RealApiServer.builder().workspace(true).start();
    workspace = RealApiServer.builder().workspace(true).start();
  }

  @AfterAll
  static void end() {
    physical.close();
    workspace.close();
  }

  static LongStream seeds() {
    long first = Long.getLong("trouble.first", 1);
    return LongStream.range(first, first + Long.getLong("trouble.real.seeds", 2));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void convergesWhenAllIsQuiet(long seed) throws InterruptedException {
    new Story(new World(physical, workspace, "s" + seed), seed).run();
  }
}
