package io.kcp.upstream.testkit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real Kubernetes 1.36 API server stored of one object of most built-in kinds. */
class StoredKindsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  static Stream<Arguments> objects() throws IOException {
    List<Map<String, Object>> written = Yaml.documents(read("kinds.yaml"));
    List<Map<String, Object>> stored =
        read("kinds-stored.jsonl").lines().map(Yaml::object).toList();
    List<Arguments> pairs = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      String name =
          written.get(i).get("kind") + " " + Json.string(written.get(i), "metadata", "name");
      pairs.add(Arguments.of(name, written.get(i), stored.get(i)));
    }
    return pairs.stream();
  }

  private static String read(String resource) throws IOException {
    try (InputStream in = StoredKindsTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("objects")
  void isStoredAsOnARealServerWhenCreated(
      String name, Map<String, Object> written, Map<String, Object> stored) {
    Map<String, Object> object = decoded(written);

    Map<String, Object> created =
        ManagedFields.afterUpdate(
            null,
            object,
            new Manager("creator", Json.string(written, "apiVersion"), ""),
            schema(written),
            NOW);

    assertThat(OwnPart.of(created))
        .containsExactlyInAnyOrderEntriesOf(OwnPart.of(Json.map(stored.get("created"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("objects")
  void isStoredAsOnARealServerWhenApplied(
      String name, Map<String, Object> written, Map<String, Object> stored) {
    Map<String, Object> applied =
        ServerSideApply.apply(
            null,
            written,
            new Manager("applier", Json.string(written, "apiVersion"), ""),
            false,
            schema(written),
            NOW);

    assertThat(OwnPart.of(decoded(applied)))
        .containsExactlyInAnyOrderEntriesOf(OwnPart.of(Json.map(stored.get("applied"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("objects")
  void staysAsItIsOnceItIsStored(
      String name, Map<String, Object> written, Map<String, Object> stored) {
    Map<String, Object> created = Json.map(stored.get("created"));

    assertThat(OwnPart.of(decoded(created)))
        .containsExactlyInAnyOrderEntriesOf(OwnPart.of(created));
  }

  private static Map<String, Object> decoded(Map<String, Object> object) {
    String group = group(object);
    Map<String, Object> pruned = BuiltInDefaults.prune(object, schema(object)).object();
    return BuiltInDefaults.apply(group, Json.string(object, "kind"), pruned);
  }

  private static String group(Map<String, Object> object) {
    String apiVersion = Json.string(object, "apiVersion");
    return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
  }

  private static Schema schema(Map<String, Object> object) {
    String apiVersion = Json.string(object, "apiVersion");
    String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
    return Schemas.builtIn(group(object), version, Json.string(object, "kind"));
  }
}
