package io.kcp.upstream.testkit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.testkit.RealApiServer;
import io.kcp.upstream.testkit.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random writers write to one object of a real server, and to what this package makes of it. */
@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd")
class ApplyAgainstRealServerIT {
  private static final int STEPS = 60;
  private static final Set<String> CLUSTER_SCOPED =
      Set.of("CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding", "Namespace");

  private static TestCluster cluster;
  private static Map<String, Object> widgetSchema;

  @BeforeAll
  static void start() throws IOException {
    cluster = RealApiServer.start();
    Map<String, Object> definition = Yaml.object(read("widgets.yaml"));
    widgetSchema =
        Json.map(
            Json.map(
                    Json.map(Json.list(Json.map(definition.get("spec")).get("versions")).get(0))
                        .get("schema"))
                .get("openAPIV3Schema"));
    RealObject crds =
        new RealObject(
            cluster.uri(),
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
            "widgets.ex.io");
    assertThat(crds.create(definition, "setup").code()).isEqualTo(201);
    RealObject probe =
        new RealObject(cluster.uri(), "/apis/ex.io/v1/namespaces/default/widgets", "probe");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                probe
                        .apply(
                            Yaml.object(
                                "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: probe}}"),
                            "setup",
                            false)
                        .code()
                    < 300);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static String read(String resource) throws IOException {
    try (InputStream in = ApplyAgainstRealServerIT.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aCustomResourceEndsUpTheSame(long seed) {
    ModelObject model =
        new ModelObject(
            "ex.io/v1",
            Schemas.ofCrd(widgetSchema, false, true),
            CrdSchema.of(widgetSchema, false));

    write(seed, "Widget", model, random -> Map.of("spec", random.widgetSpec()));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void aDeploymentEndsUpTheSame(long seed) {
    ModelObject model =
        new ModelObject("apps/v1", Schemas.builtIn("apps", "v1", "Deployment"), null);

    write(seed, "Deployment", model, random -> Map.of("spec", random.deploymentSpec()));
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void aConfigMapEndsUpTheSame(long seed) {
    write(seed, "ConfigMap", ofCore("ConfigMap"), RandomWrites::configMap);
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void aServiceEndsUpTheSame(long seed) {
    write(seed, "Service", ofCore("Service"), random -> Map.of("spec", random.serviceSpec()));
  }

  @ParameterizedTest
  @ValueSource(longs = {41, 42})
  void aSecretEndsUpTheSame(long seed) {
    write(seed, "Secret", ofCore("Secret"), RandomWrites::secret);
  }

  private static ModelObject ofCore(String kind) {
    return new ModelObject("v1", Schemas.builtIn("", "v1", kind), null);
  }

  private static void write(
      long seed,
      String kind,
      ModelObject model,
      Function<RandomWrites, Map<String, Object>> content) {
    RandomWrites random = new RandomWrites(seed);
    String name = kind.toLowerCase(Locale.ROOT) + seed;
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("apiVersion", model.apiVersion());
    identity.put("kind", kind);
    identity.put("metadata", Map.of("namespace", "default"));
    Twins twins = new Twins(new RealObject(cluster.uri(), collection(identity), name), model);

    for (int step = 0; step < STEPS; step++) {
      Map<String, Object> object = new LinkedHashMap<>(identity);
      object.put("metadata", random.metadata(name));
      object.putAll(content.apply(random));
      twins.write("seed " + seed + " step " + step, object, random);
    }

    twins.requireMuchWritten();
  }

  @Test
  void everyKindIsStillStoredAsRecorded() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (Map<String, Object> object : Yaml.documents(read("kinds.yaml"))) {
      String kind = Json.string(object, "kind");
      String apiVersion = Json.string(object, "apiVersion");
      int slash = apiVersion.indexOf('/');
      Schema schema =
          Schemas.builtIn(
              slash < 0 ? "" : apiVersion.substring(0, slash),
              apiVersion.substring(slash + 1),
              kind);
      String name = Json.string(object, "metadata", "name");
      RealObject real = new RealObject(cluster.uri(), collection(object), name);
      ModelObject model = new ModelObject(apiVersion, schema, null);
      RealObject.Answer answer = real.apply(object, "applier", false);
      model.apply(object, "applier", false);
      softly.assertThat(answer.code()).as(kind + " " + name).isLessThan(300);
      softly
          .assertThat(OwnPart.of(model.object()))
          .as(kind + " " + name)
          .containsExactlyInAnyOrderEntriesOf(OwnPart.of(answer.body()));
    }
    softly.assertAll();
  }

  /** For manifests of real applications, which are not part of this project. */
  @Test
  @EnabledIfEnvironmentVariable(
      named = "MANIFESTS",
      matches = ".+",
      disabledReason = "MANIFESTS names no folder with YAML files")
  void manifestsAreStoredTheSame() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    try (Stream<Path> files = Files.list(Path.of(System.getenv("MANIFESTS")))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
        for (Map<String, Object> object : Yaml.documents(Files.readString(file))) {
          applyTwice(object, softly);
        }
      }
    }
    softly.assertAll();
  }

  private static void applyTwice(Map<String, Object> object, SoftAssertions softly) {
    String kind = Json.string(object, "kind");
    if (!CLUSTER_SCOPED.contains(kind)) {
      Json.map(object.get("metadata")).put("namespace", "default");
    }
    String apiVersion = Json.string(object, "apiVersion");
    int slash = apiVersion.indexOf('/');
    Schema schema =
        Schemas.builtIn(
            slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
    String name = Json.string(object, "metadata", "name");
    RealObject real = new RealObject(cluster.uri(), collection(object), name);
    ModelObject model = new ModelObject(apiVersion, schema, null);
    real.apply(object, "one", false);
    model.apply(object, "one", false);
    Map<String, Object> patch = Yaml.object("{metadata: {labels: {added: by-hand}}}");
    real.patch("merge-patch+json", patch, "two");
    model.write(Patches.mergePatch(model.object(), patch), "two");
    RealObject.Answer answer = real.apply(object, "one", false);
    model.apply(object, "one", false);
    softly.assertThat(answer.code()).as(kind + " " + name + answer.message()).isLessThan(300);
    softly
        .assertThat(OwnPart.of(model.object()))
        .as(kind + " " + name)
        .containsExactlyInAnyOrderEntriesOf(OwnPart.of(answer.body()));
  }

  private static String collection(Map<String, Object> object) {
    String apiVersion = Json.string(object, "apiVersion");
    String kind = Json.string(object, "kind").toLowerCase(Locale.ROOT);
    String plural =
        kind.equals("endpoints")
            ? kind
            : kind.endsWith("y")
                ? kind.substring(0, kind.length() - 1) + "ies"
                : kind + (kind.endsWith("s") ? "es" : "s");
    String namespace = Json.string(object, "metadata", "namespace");
    return (apiVersion.contains("/") ? "/apis/" : "/api/")
        + apiVersion
        + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
        + "/"
        + plural;
  }
}
