package io.kcp.upstream.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "spec.replicas | spec.replicas",
        "spec | spec.replicas",
        "spec.containers[*].image | spec.containers[name=\"web\"].image",
        "spec.containers[*] | spec.containers[name=\"web\"].image",
        "spec.containers[*].* | spec.containers[name=\"web\"].image",
        "spec.args[*] | spec.args[0]",
        "metadata.finalizers[*] | metadata.finalizers[=\"x\"]",
        "metadata.labels.* | metadata.labels[\"app.kubernetes.io/name\"]",
        "metadata.labels[*] | metadata.labels.app",
        "*.x | spec.x",
        "metadata.labels[\"*\"] | metadata.labels[\"*\"]",
        ". | spec.replicas",
      })
  void covers(String pattern, String path) {
    assertThat(FieldPattern.parse(pattern).covers(FieldPath.parse(path))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "spec.replicas | spec",
        "spec.replicas | spec.replica",
        "spec.containers[*].image | spec.containers[name=\"web\"].ports",
        "spec.containers[*].image | spec.containers",
        "spec.containers[name=\"web\"] | spec.containers[name=\"db\"].image",
        "spec.args[0] | spec.args[1]",
        "*.x | x",
        "metadata.labels[\"*\"] | metadata.labels.app",
      })
  void doesNotCover(String pattern, String path) {
    assertThat(FieldPattern.parse(pattern).covers(FieldPath.parse(path))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "spec.replicas", "a[*].b", "a[k=1][*][=true]", "a[\"*\"]"})
  void printsWhatItReads(String text) {
    FieldPattern pattern = FieldPattern.parse(text);

    assertThat(pattern).hasToString(text);
    assertThat(pattern).isEqualTo(FieldPattern.parse(text)).hasSameHashCodeAs(text(text));
  }

  private static FieldPattern text(String text) {
    return FieldPattern.parse(FieldPattern.parse(text).toString());
  }

  @Test
  void bothWritingsOfAnyElementAreOnePattern() {
    assertThat(FieldPattern.parse("a.*.b")).isEqualTo(FieldPattern.parse("a[*].b"));
    assertThat(FieldPattern.parse("a.*")).isNotEqualTo(FieldPattern.parse("a[\"*\"]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.**", "a[*", "a[**]", "a.b*", "a*"})
  void refusesWhatIsNoPattern(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldPattern.parse(text))
        .withMessageStartingWith("not a field pattern: '" + text + "', at position ");
  }

  @Test
  void theMoreSpecificPatternComesFirst() {
    List<FieldPattern> sorted =
        Stream.of(
                "a[k=1].b.c",
                "a[*].b.c",
                "a[*].b[*]",
                "a.b",
                "a.c",
                "a[*]",
                "*.b",
                "[*][*]",
                "a",
                "*",
                ".")
            .map(FieldPattern::parse)
            .toList();

    List<FieldPattern> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(1));
    Collections.sort(shuffled);

    assertThat(shuffled).isEqualTo(sorted);
    assertThat(sorted.get(1)).isEqualByComparingTo(FieldPattern.parse("a.*.b.c"));
  }
}
