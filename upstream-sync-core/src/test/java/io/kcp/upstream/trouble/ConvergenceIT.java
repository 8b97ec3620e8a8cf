package io.kcp.upstream.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.testkit.InMemoryApiServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random changes on both sides, random faults, and syncers that end at random instants; then all is
 * quiet, and everything is as a simple model says. More seeds: {@code -Dtrouble.seeds=500}, others:
 * {@code -Dtrouble.first=1000}.
 */
class ConvergenceIT {
  static LongStream seeds() {
    long first = Long.getLong("trouble.first", 1);
    return LongStream.range(first, first + Long.getLong("trouble.seeds", 5));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void convergesWhenAllIsQuiet(long seed) throws InterruptedException {
    try (InMemoryApiServer physical = InMemoryApiServer.builder().start();
        InMemoryApiServer upstream = upstream(seed)) {
      World world =
          new World(
              physical, seed % 3 == 0 ? upstream.workspace("root:shop") : upstream, "s" + seed);
      new Story(world, seed).run();
    }
  }

  /** At the very end, since stories may run beside each other. */
  @AfterAll
  static void noThreadIsLeft() {
    await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(ourThreads()).isEmpty());
  }

  private static List<String> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("upstream-sync"))
        .toList();
  }

  private static InMemoryApiServer upstream(long seed) {
    InMemoryApiServer.Builder builder = InMemoryApiServer.builder();
    return seed % 3 == 0 ? builder.workspace("root:shop").start() : builder.start();
  }
}
