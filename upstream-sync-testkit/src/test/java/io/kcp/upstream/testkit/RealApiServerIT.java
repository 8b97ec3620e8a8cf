package io.kcp.upstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd")
class RealApiServerIT extends TestClusterCases {
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = RealApiServer.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Override
  TestCluster cluster() {
    return cluster;
  }

  @Override
  Surface surface() {
    return (Surface) cluster;
  }

  @Test
  void theProcessesEndWithTheServer() {
    List<ProcessHandle> before = descendants();
    TestCluster second = RealApiServer.start();
    List<ProcessHandle> started =
        descendants().stream().filter(process -> !before.contains(process)).toList();

    second.close();
    second.close();

    assertThat(started).hasSizeGreaterThanOrEqualTo(4);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void forwardsWhatAUriMayNotHold() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), cluster.uri().getPort())) {
      String line = "GET /api/v1/namespaces?labelSelector=a|b HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));

      byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 400".length());

      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
    }
    assertThat(cluster.journal().of(Verb.LIST, "namespaces").requests())
        .anySatisfy(request -> assertThat(request.status()).isEqualTo(400));
  }

  private static List<ProcessHandle> descendants() {
    try (Stream<ProcessHandle> processes = ProcessHandle.current().descendants()) {
      return processes.toList();
    }
  }
}
