package io.kcp.upstream.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {
  private static final Map<String, Object> OBJECT =
      Map.of(
          "spec",
          Map.of("size", 3L, "ports", List.of(Map.of("n", "a"), Map.of("n", "b"))),
          "metadata",
          Map.of("annotations", Map.of("x.io/y", "z")),
          "status",
          Map.of(
              "conditions",
              List.of(
                  Map.of("type", "Ready", "status", "True"),
                  Map.of("type", "Bound", "status", "False"))));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".spec.size|[3]",
        ".spec.ports[1].n|[b]",
        ".spec.ports[*].n|[a, b]",
        ".spec.ports[7].n|[]",
        ".metadata.annotations['x.io/y']|[z]",
        ".status.conditions[?(@.type==\"Ready\")].status|[True]",
        ".status.conditions[?(@.type=='Bound')].status|[False]",
        ".none.at.all|[]",
        "not a path|[]"
      })
  void finds(String path, String found) {
    assertThat(JsonPath.parse(path).find(OBJECT)).hasToString(found);
  }
}
