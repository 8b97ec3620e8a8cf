package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TestObjects.CONFIG_MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.testkit.server.RunningServer.Answer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelWritesIT {
  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/default/leases";

  private final RunningServer server = RunningServer.plain();

  @AfterEach
  void close() {
    server.close();
  }

  private static String lease(String version, int holder) {
    return """
        {"metadata": {"name": "l", "resourceVersion": "%s"}, "spec": {"holderIdentity": "h%d"}}
        """
        .formatted(version, holder);
  }

  @Test
  void ofParallelUpdatesFromOneVersionExactlyOneWins() {
    String version = Meta.version(server.post(LEASES, "{\"metadata\": {\"name\": \"l\"}}").body());

    List<Integer> codes =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> server.put(LEASES + "/l", lease(version, i)).status())
            .sorted()
            .toList();

    assertThat(codes.subList(0, 1)).containsExactly(200);
    assertThat(codes.subList(1, 16)).containsOnly(409);
  }

  @Test
  void noneOfManyParallelPatchesIsLost() {
    server.post(CONFIG_MAPS, TestObjects.configMap("a", "0"));

    List<Integer> codes =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(
                i ->
                    server
                        .patch(
                            CONFIG_MAPS + "/a",
                            RunningServer.MERGE,
                            "{\"data\": {\"k%d\": \"v\"}}".formatted(i))
                        .status())
            .distinct()
            .toList();

    Answer read = server.get(CONFIG_MAPS + "/a");
    assertThat(codes).containsExactly(200);
    assertThat(Tree.map(read.body(), "data")).hasSize(65);
  }
}
