package io.kcp.upstream.testkit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.testkit.RealApiServer;
import io.kcp.upstream.testkit.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random writers write the same to a real server and to the one in memory, over HTTP. */
@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd")
class ServersAgreeIT {
  private static final int STEPS = 50;
  private static final Map<String, String> COLLECTIONS =
      Map.of(
          "Widget", "/apis/ex.io/v1/namespaces/default/widgets",
          "Deployment", "/apis/apps/v1/namespaces/default/deployments",
          "ConfigMap", "/api/v1/namespaces/default/configmaps",
          "Secret", "/api/v1/namespaces/default/secrets",
          "Service", "/api/v1/namespaces/default/services");
  private static final Map<String, Function<RandomWrites, Map<String, Object>>> CONTENTS =
      Map.of(
          "Widget", random -> Map.of("spec", random.widgetSpec()),
          "Deployment", random -> Map.of("spec", random.deploymentSpec()),
          "ConfigMap", RandomWrites::configMap,
          "Secret", RandomWrites::secret,
          "Service", random -> Map.of("spec", random.serviceSpec()));

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
    String definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    RealObject crd = new RealObject(server.uri(), definitions, "widgets.ex.io");
    assertThat(crd.create(definition, "setup").code()).isEqualTo(201);
    RealObject probe =
        new RealObject(server.uri(), Objects.requireNonNull(COLLECTIONS.get("Widget")), "probe");
    Map<String, Object> object =
        Yaml.object("{apiVersion: ex.io/v1, kind: Widget, metadata: {name: probe}}");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> probe.apply(object, "setup", false).code() < 300);
  }

  @AfterAll
  static void stop() {
    real.close();
    memory.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Widget, ex.io/v1, 1",
    "Widget, ex.io/v1, 2",
    "Widget, ex.io/v1, 3",
    "Deployment, apps/v1, 11",
    "Deployment, apps/v1, 12",
    "Deployment, apps/v1, 13",
    "ConfigMap, v1, 21",
    "Secret, v1, 31",
    "Secret, v1, 32",
    "Service, v1, 41",
    "Service, v1, 42"
  })
  void onEveryWrite(String kind, String apiVersion, long seed) {
    RandomWrites random = new RandomWrites(seed);
    String name = "o" + seed;
    String collection = Objects.requireNonNull(COLLECTIONS.get(kind));
    Pair pair =
        new Pair(
            new RealObject(real.uri(), collection, name),
            new RealObject(memory.uri(), collection, name));

    for (int step = 0; step < STEPS; step++) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("apiVersion", apiVersion);
      object.put("kind", kind);
      object.put("metadata", random.metadata(name));
      object.putAll(Objects.requireNonNull(CONTENTS.get(kind)).apply(random));
      pair.write("step " + step, object, random);
    }
  }

  /** The two objects. */
  private record Pair(RealObject ours, RealObject theirs) {
    void write(String step, Map<String, Object> object, RandomWrites random) {
      String manager = random.manager();
      boolean force = random.chance(40);
      switch (random.below(8)) {
        case 0 -> settle(step + " create " + object, each -> each.create(object, manager));
        case 1 -> settle(step + " put " + object, each -> put(each, object, manager));
        case 2 ->
            settle(
                step + " merge patch " + object,
                each -> each.patch("merge-patch+json", object, manager));
        case 3 ->
            settle(
                step + " strategic merge patch " + object,
                each -> each.patch("strategic-merge-patch+json", object, manager));
        case 4 -> {
          List<Object> operations = new ArrayList<>();
          object.forEach((field, value) -> operations.add(Twins.operation(field, value)));
          settle(
              step + " JSON patch " + operations,
              each -> each.patch("json-patch+json", operations, manager));
        }
        default ->
            settle(
                step + " apply by " + manager + " " + force + " " + object,
                each -> each.apply(object, manager, force));
      }
    }

    private static RealObject.Answer put(
        RealObject each, Map<String, Object> object, String manager) {
      Map<String, Object> replacement = Json.copy(object);
      Json.put(
          Json.map(replacement.get("metadata")),
          "resourceVersion",
          Json.string(each.get().body(), "metadata", "resourceVersion"));
      return each.replace(replacement, manager);
    }

    private void settle(String step, Function<RealObject, RealObject.Answer> write) {
      RealObject.Answer wanted = write.apply(ours);
      RealObject.Answer found = write.apply(theirs);
      assertThat(found.code())
          .as(step + ": " + wanted.message() + "; " + found.message())
          .isEqualTo(wanted.code());
      if (wanted.code() == 409 || wanted.code() == 500) {
        assertThat(found.message()).as(step).isEqualTo(wanted.message());
      }
      if (wanted.code() >= 300) {
        return; // a real server lists the causes in any order
      }
      assertThat(Twins.comparable(found.body()))
          .as(step)
          .containsExactlyInAnyOrderEntriesOf(Twins.comparable(wanted.body()));
    }
  }
}
