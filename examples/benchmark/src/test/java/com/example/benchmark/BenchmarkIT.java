package com.example.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Each benchmark runs through on a few objects, so that none rots; its figures mean nothing. */
class BenchmarkIT {
  @TempDir private Path out;

  static Stream<String> names() {
    return Benchmark.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void runsThroughAndSaysWhatItMeasured(String name) throws IOException {
    int code =
        new CommandLine(new Benchmark())
            .execute(
                name, "--servers=memory", "--objects=20", "--rounds=1", "--out=" + out.toString());
    assertThat(code).isZero();
    JsonNode result = new ObjectMapper().readTree(out.resolve(name + ".json").toFile());
    assertThat(result.path("rows")).isNotEmpty();
    for (JsonNode row : result.path("rows")) {
      assertThat(row.properties())
          .as(row.toString())
          .allSatisfy(cell -> assertThat(cell.getValue().asText()).isNotEmpty().isNotEqualTo("–"));
    }
    assertThat(out.resolve("benchmarks.md")).content().contains("### " + name);
  }
}
