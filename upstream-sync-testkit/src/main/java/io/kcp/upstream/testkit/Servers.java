package io.kcp.upstream.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The servers of one test, or of one test class, by the test's names for them. Each is started when
 * it is first asked for. Guarded by {@code this}.
 */
abstract class Servers implements AutoCloseable {
  private static final int REQUESTS_SHOWN = 20;

  private final Map<String, Hosted> started = new LinkedHashMap<>();

  /** A whole server, as tests see it and as we do. */
  record Hosted(TestCluster cluster, ApiServer server) {}

  /** The surface that the annotation asks for. */
  abstract TestCluster get(Cluster asked);

  /** The server of this name, started if it is not. */
  synchronized TestCluster server(String name, Supplier<Hosted> start) {
    return started.computeIfAbsent(name, key -> start.get()).cluster();
  }

  /**
   * Ends all faults.
   *
   * @throws AssertionError when a rule is broken that holds for every test
   */
  synchronized void checkAndLiftFaults() {
    StringBuilder broken = new StringBuilder();
    started.forEach((name, hosted) -> broken.append(broken(name, hosted.server())));
    if (!broken.isEmpty()) {
      throw new AssertionError(broken.toString().strip());
    }
  }

  private static String broken(String name, ApiServer server) {
    List<String> rules = server.brokenRules();
    server.traffic().faults().clear();
    return rules.isEmpty()
        ? ""
        : "On the server \"%s\" after the test:\n- %s\n%s\n"
            .formatted(name, String.join("\n- ", rules), requests(server));
  }

  /** What helps to understand a failure. */
  synchronized Notes notes() {
    StringBuilder text = new StringBuilder();
    started.forEach(
        (name, hosted) -> {
          text.append("\nThe server \"%s\": %s".formatted(name, requests(hosted.server())));
          List<String> seeds = hosted.server().traffic().faults().seeds();
          text.append(seeds.isEmpty() ? "" : "\nwith " + String.join(", ", seeds));
        });
    return new Notes(text.toString().strip());
  }

  private static String requests(ApiServer server) {
    return JournalView.of(server.traffic().journal(), "").last(REQUESTS_SHOWN);
  }

  /** Closes all, in the reverse order of their starts. */
  @Override
  public synchronized void close() {
    List<Hosted> all = List.copyOf(started.values());
    for (int i = all.size() - 1; i >= 0; i--) {
      all.get(i).cluster().close();
    }
    started.clear();
  }

  /** Rides along with a failure. */
  static final class Notes extends RuntimeException {
    private static final long serialVersionUID = 1;

    Notes(String text) {
      super(text, null, false, false);
    }
  }

  /** Real servers: a process for each pair of value and workspace. */
  static final class Real extends Servers {
    @Override
    TestCluster get(Cluster asked) {
      String workspace = asked.workspace().isEmpty() ? "" : " " + asked.workspace();
      return server(asked.value() + workspace, RealApiServer::host);
    }
  }
}
