package io.kcp.upstream.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "spec.containers[name=\"web\"].image",
        "metadata.labels[\"app.kubernetes.io/name\"]",
        "metadata.finalizers[=\"x\"]",
        "spec.args[0]",
        "spec.ports[port=80,protocol=\"TCP\"].nodePort",
        "[\"a.b\"].c",
        "[\"\"]",
        "a[\"q\\\"uote\"]",
        "a[\"*\"]",
        "a[=80]",
        "a[=-0.5]",
        "a[=true]",
        "a[=\"true\"]",
        "a[on=false,ratio=1e+22]",
        "a[\"k/1\"=\"v]\"].b",
        "$ref._x.a-b",
      })
  void printsWhatItReads(String text) {
    assertThat(FieldPath.parse(text)).hasToString(text);
    assertThat(FieldPath.parse(FieldPath.parse(text).toString())).isEqualTo(FieldPath.parse(text));
  }

  @Test
  void readsWhatItsStepsBuild() {
    FieldPath built =
        FieldPath.of("spec")
            .field("x.y")
            .item(Map.of("protocol", "TCP", "port", 80))
            .member(1.0)
            .index(2);

    assertThat(FieldPath.parse("spec[\"x.y\"][port=80,protocol=\"TCP\"][=1][2]")).isEqualTo(built);
    assertThat(built).hasToString("spec[\"x.y\"][port=80,protocol=\"TCP\"][=1][2]");
    assertThat(built.parent()).hasToString("spec[\"x.y\"][port=80,protocol=\"TCP\"][=1]");
    assertThat(built.elements())
        .containsExactly(
            new FieldPath.Field("spec"),
            new FieldPath.Field("x.y"),
            new FieldPath.Item(Map.of("port", 80L, "protocol", "TCP")),
            new FieldPath.Member(1L),
            new FieldPath.Index(2));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`` | position 0 | a field name",
        "`.spec` | position 1 | no leading '.'",
        "`spec.` | position 5 | a field name",
        "`spec..x` | position 5 | a field name",
        "`spec containers` | position 4 | '.', '[' or the end",
        "`metadata.labels.app.kubernetes.io/name` | position 33 | [\"app.kubernetes.io/name\"]",
        "`a.0` | position 2 | a field name; an index is written [0]",
        "`a[name=web]` | position 7 | a JSON string, number, true or false",
        "`a[name=\"web\"` | position 12 | ']'",
        "`a[name=\"web` | position 11 | the closing '\"'",
        "`a[name=\"\\q\"]` | position 9 | one of JSON's escapes",
        "`a[name=\"\\u12x4\"]` | position 12 | four hexadecimal digits",
        "`a[k=1,k=2]` | position 9 | each key once",
        "`a[]` | position 2 | an index such as [0]",
        "`a[*]` | position 2 | an index such as [0]",
        "`a[99999999999]` | position 13 | an index from 0",
        "`a[1.5]` | position 5 | an index from 0",
        "`a[0` | position 3 | ']'",
      },
      delimiter = '|')
  void saysTextPositionAndWhatWouldBeRight(String text, String position, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldPath.parse(text))
        .withMessageStartingWith("not a field path: '" + text + "', at " + position + ": expected ")
        .withMessageContaining(expected);
  }

  @Test
  void refusesStepsThatCanNotBe() {
    FieldPath path = FieldPath.of("a");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> path.index(-1))
        .withMessage("index: -1 is negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> path.item(Map.of()))
        .withMessage("keys: a list-map item needs at least one key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> path.item(Map.of("k", List.of())))
        .withMessageContaining("keys: a string, boolean or number is needed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> path.member(Double.NaN))
        .withMessageContaining("value: a string, boolean or number is needed");
  }

  @Test
  void startsWithItselfAndWhatIsAbove() {
    FieldPath image = FieldPath.parse("spec.containers[name=\"web\"].image");

    assertThat(image.startsWith(image)).isTrue();
    assertThat(image.startsWith(FieldPath.of())).isTrue();
    assertThat(image.startsWith(FieldPath.parse("spec.containers"))).isTrue();
    assertThat(image.startsWith(FieldPath.parse("spec.containers[name=\"we\"]"))).isFalse();
    assertThat(image.startsWith(FieldPath.parse("spec.containers[name=\"web\"].image.x")))
        .isFalse();
  }

  @Test
  void sortsAsTheApiServerDoes() {
    List<FieldPath> sorted =
        List.of(
                ".",
                "a",
                "a.b",
                "a[a=1]",
                "a[a=1,b=1]",
                "a[a=1.5]",
                "a[a=9223372036854775807]",
                "a[a=1e+30]",
                "a[a=\"1\"]",
                "a[a=false]",
                "a[a=true]",
                "a[b=0]",
                "a[=-1]",
                "a[=2]",
                "a[=\"x\"]",
                "a[=true]",
                "a[2]",
                "a[10]",
                "a2",
                "b")
            .stream()
            .map(FieldPath::parse)
            .toList();

    List<FieldPath> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(1));
    Collections.sort(shuffled);

    assertThat(shuffled).isEqualTo(sorted);
    for (FieldPath path : sorted) {
      assertThat(sorted.stream().filter(other -> path.compareTo(other) == 0)).containsExactly(path);
    }
  }

  @Test
  void printsAsTheServerDoesInConflicts() {
    FieldPath rows = FieldPath.parse("spec.rows[flag=false,name=\"a=b,c]\",ratio=1e22,size=-1].v");

    assertThat(rows.serverForm())
        .isEqualTo(".spec.rows[flag=false,name=\"a=b,c]\",ratio=1e+22,size=-1].v");
    assertThat(FieldPath.of("data", "app.yaml").serverForm()).isEqualTo(".data.app.yaml");
    assertThat(FieldPath.of("spec", "map", "line\nbreak").serverForm())
        .isEqualTo(".spec.map.line\nbreak");
    assertThat(FieldPath.of("x").member("v").serverForm()).isEqualTo(".x[=\"v\"]");
    assertThat(FieldPath.of("args").index(0).serverForm()).isEqualTo(".args[0]");
  }
}
