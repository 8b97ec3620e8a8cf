package io.kcp.upstream.testkit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.testkit.RealApiServer;
import io.kcp.upstream.testkit.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A real server and the one in memory, asked the same at random, answer the same: codes, bodies,
 * managed fields, warnings, events of watches. {@code -Dseeds=200} asks longer, {@code -Dseed=7}
 * again what failed.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd")
class ServersAgreeIT {
  private static final int OPERATIONS = 60;
  private static final List<Kind> KINDS = List.of(Kind.values());

  private static TestCluster real;
  private static TestCluster memory;

  @BeforeAll
  static void start() throws IOException {
    real = RealApiServer.start();
    memory = InMemoryApiServer.builder().start();
    try (InputStream in = ServersAgreeIT.class.getResourceAsStream("widgets.yaml")) {
      Map<String, Object> definition =
          Yaml.object(
              new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
      define(real, definition);
      define(memory, definition);
    }
  }

  private static void define(TestCluster server, Map<String, Object> definition) {
    Side side = new Side(server.uri());
    String definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    Request crd = Request.write("POST", "widgets", definitions, "", "json", definition);
    assertThat(side.send(crd).code()).isEqualTo(201);
    String widgets = Kind.WIDGET.collection("default");
    Map<String, Object> object =
        Yaml.object("{apiVersion: ex.io/v1, kind: Widget, metadata: {name: probe}}");
    Request probe =
        Request.write(
            "PATCH", "probe", widgets + "/probe", "fieldManager=setup", "apply-patch+yaml", object);
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> side.send(probe).code() < 300);
  }

  @AfterAll
  static void stop() {
    real.close();
    memory.close();
  }

  static LongStream seeds() {
    Long one = Long.getLong("seed");
    return one == null ? LongStream.rangeClosed(1, Long.getLong("seeds", 20)) : LongStream.of(one);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverTheyAreAsked(long seed) {
    RandomWrites random = new RandomWrites(seed);
    Pair pair = new Pair(new Side(real.uri()), new Side(memory.uri()), "seed " + seed);
    String namespace = "s" + seed;
    Map<String, Object> object =
        Yaml.object("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(namespace));
    pair.send(Request.write("POST", namespace, "/api/v1/namespaces", "", "json", object));
    Kind kind = KINDS.get((int) (seed % KINDS.size()));
    RandomOperations operations = new RandomOperations(random, kind, namespace);
    String collection = operations.collection();
    Pair.Start start = pair.start(collection);

    for (int i = 0; i < OPERATIONS; i++) {
      pair.send(operations.next());
    }

    pair.send(operations.last("last"));
    pair.requireSameEvents(start, "", "last");
    pair.requireSameEvents(start, "&labelSelector=a%3Dv0", "last");
    pair.requireSameEvents(
        start, "&labelSelector=a%21%3Dv1&fieldSelector=metadata.name%21%3Da", "last");
  }
}
