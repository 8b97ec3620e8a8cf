package io.kcp.upstream.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSetTest {
  private static final FieldSet SMALL = set("metadata.labels.app", "spec", "spec.args[1]");

  @Test
  void isSortedAndHasEachPathOnce() {
    FieldSet set = set("spec.b", "spec", "a[0]", "spec.b", "a[k=1]");

    assertThat(set).map(FieldPath::toString).containsExactly("a[k=1]", "a[0]", "spec", "spec.b");
    assertThat(set.size()).isEqualTo(4);
    assertThat(set).hasToString("[a[k=1], a[0], spec, spec.b]");
  }

  @Test
  void containsNeitherWhatIsAboveNorWhatIsBelow() {
    assertThat(SMALL.contains(FieldPath.parse("spec"))).isTrue();
    assertThat(SMALL.contains(FieldPath.parse("spec.args[1]"))).isTrue();
    assertThat(SMALL.contains(FieldPath.parse("spec.args"))).isFalse();
    assertThat(SMALL.contains(FieldPath.parse("spec.args[1].x"))).isFalse();
    assertThat(SMALL.contains(FieldPath.parse("metadata"))).isFalse();
    assertThat(SMALL.contains(FieldPath.of())).isFalse();
  }

  @Test
  void unionHasThePathsOfBoth() {
    assertThat(set("a.b", "c").union(set("a", "c", "d[=1]")))
        .isEqualTo(set("a", "a.b", "c", "d[=1]"));
    assertThat(SMALL.union(FieldSet.of())).isEqualTo(SMALL);
    assertThat(FieldSet.of().union(SMALL)).isEqualTo(SMALL).hasSameHashCodeAs(SMALL);
  }

  @Test
  void minusTakesPathByPath() {
    assertThat(set("a", "a.b", "c").minus(set("a", "x.y"))).isEqualTo(set("a.b", "c"));
    assertThat(set("a", "a.b").minus(set("a.b"))).isEqualTo(set("a"));
    assertThat(SMALL.minus(SMALL)).isEqualTo(FieldSet.of());
    assertThat(SMALL.minus(SMALL).isEmpty()).isTrue();
    assertThat(SMALL.minus(FieldSet.of())).isEqualTo(SMALL);
    assertThat(SMALL.isEmpty()).isFalse();
  }

  @Test
  void writesNodesThatAreOwnedThemselvesWithADot() {
    Map<String, Object> json = SMALL.toFieldsV1();

    assertThat(json)
        .isEqualTo(
            Map.of(
                "f:metadata", Map.of("f:labels", Map.of("f:app", Map.of())),
                "f:spec", Map.of(".", Map.of(), "f:args", Map.of("i:1", Map.of()))));
    assertThat(FieldSet.ofFieldsV1(json)).isEqualTo(SMALL);
  }

  @Test
  void theEmptySetAndTheObjectItselfDiffer() {
    FieldSet object = FieldSet.of(FieldPath.of());

    assertThat(FieldSet.ofFieldsV1(Map.of())).isEqualTo(FieldSet.of());
    assertThat(FieldSet.of().toFieldsV1()).isEmpty();
    assertThat(object.contains(FieldPath.of())).isTrue();
    assertThat(FieldSet.ofFieldsV1(object.toFieldsV1())).isEqualTo(object);
    assertThat(object).isNotEqualTo(FieldSet.of()).isNotEqualTo("[.]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec",
        "x:spec",
        "",
        "k:",
        "k:{}",
        "k:{\"a\":[]}",
        "v:",
        "v:[1]",
        "v:1 ",
        "i:x",
        "i:-1",
        "i:99999999999"
      })
  void namesAKeyThatIsNone(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldSet.ofFieldsV1(Map.of("f:spec", Map.of(key, Map.of()))));
  }

  @Test
  void namesTheKeyWhoseValueIsNoObject() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldSet.ofFieldsV1(Map.of("f:spec", List.of())))
        .withMessageContaining("f:spec");
  }

  private static FieldSet set(String... paths) {
    return FieldSet.of(Stream.of(paths).map(FieldPath::parse).toArray(FieldPath[]::new));
  }
}
