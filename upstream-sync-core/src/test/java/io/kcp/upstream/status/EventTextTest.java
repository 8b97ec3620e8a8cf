package io.kcp.upstream.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spec.replicas: Invalid value: -1: must be positive | spec.replicas: Invalid value: must be positive
          spec.x: Invalid value: "s3cret: \\"so\\"": too odd | spec.x: Invalid value: too odd
          [a: Invalid value: "s3", b: Required value, c: Duplicate value: "s3"] | [a: Invalid value, b: Required value, c: Duplicate value]
          spec.x: Unsupported value: "s3": supported values: "A", "B" | spec.x: Unsupported value: supported values: "A", "B"
          spec.x: Invalid value: map[string]interface {}{"s3":"s3"}: no | spec.x: Invalid value ...
          .spec.x: expected list, got &{map[s3:s3]} | .spec.x: expected list ...
          upstream:configmaps/shop/web is there without our mark | upstream:configmaps/shop/web is there without our mark
          """)
  void saysWhatIsWrongButNoValue(String message, String said) {
    assertThat(EventText.of(message)).isEqualTo(said);
  }

  @Test
  void isNeverLong() {
    assertThat(EventText.of("x".repeat(5000))).hasSize(1000).endsWith("...");
  }
}
