package io.kcp.upstream.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ObjectTreeTest {
  private static final ObjectTree WEB =
      ObjectTree.of(
          Map.of(
              "apiVersion",
              "apps/v1",
              "kind",
              "Deployment",
              "metadata",
              Map.of(
                  "name",
                  "web",
                  "namespace",
                  "shop",
                  "labels",
                  Map.of("app.kubernetes.io/name", "web"),
                  "finalizers",
                  List.of("x", "y")),
              "spec",
              Map.of(
                  "replicas",
                  3,
                  "paused",
                  true,
                  "ratio",
                  0.5,
                  "containers",
                  List.of(
                      Map.of("name", "web", "image", "web:1", "args", List.of("a", "b")),
                      Map.of("name", "side", "image", "side:1")))));

  @Nested
  class Reads {
    @Test
    void identity() {
      assertThat(WEB.apiVersion()).isEqualTo("apps/v1");
      assertThat(WEB.kind()).isEqualTo("Deployment");
      assertThat(WEB.namespace()).isEqualTo("shop");
      assertThat(WEB.name()).isEqualTo("web");
      assertThat(WEB.labels()).containsExactly(Map.entry("app.kubernetes.io/name", "web"));
      assertThat(WEB.annotations()).isEmpty();
      assertThat(ObjectTree.of(Map.of()).namespace()).isEmpty();
    }

    @Test
    void fieldsItemsMembersAndIndices() {
      assertThat(WEB.string("spec.containers[name=\"side\"].image")).hasValue("side:1");
      assertThat(WEB.string("spec.containers[0].args[1]")).hasValue("b");
      assertThat(WEB.string("metadata.finalizers[=\"y\"]")).hasValue("y");
      assertThat(WEB.string("metadata.labels[\"app.kubernetes.io/name\"]")).hasValue("web");
      assertThat(WEB.integer("spec.replicas")).hasValue(3);
      assertThat(WEB.isTrue("spec.paused")).isTrue();
      assertThat(WEB.get(FieldPath.parse("spec.ratio"))).hasValue(0.5);
      assertThat(WEB.get(FieldPath.of())).hasValue(WEB.asMap());
    }

    @Test
    void absentAsEmpty() {
      assertThat(WEB.string("status.phase")).isEmpty();
      assertThat(WEB.string("spec.containers[name=\"none\"].image")).isEmpty();
      assertThat(WEB.string("spec.containers[9].image")).isEmpty();
      assertThat(WEB.string("metadata.finalizers[=\"z\"]")).isEmpty();
      assertThat(WEB.integer("spec.none")).isEqualTo(OptionalLong.empty());
      assertThat(WEB.isTrue("spec.none")).isFalse();
      assertThat(WEB.tree("none")).isEmpty();
      assertThat(WEB.items("none")).isEmpty();
    }

    @Test
    void partsWithoutCopying() {
      ObjectTree spec = WEB.tree("spec").orElseThrow();

      assertThat(spec.asMap()).isSameAs(WEB.asMap().get("spec"));
      assertThat(spec.items("containers"))
          .extracting(c -> c.string("name"))
          .containsExactly(Optional.of("web"), Optional.of("side"));
    }

    @Test
    void sayPathAndTypesButNoValueOnAnotherType() {
      assertWrong(
          () -> WEB.string("spec.replicas"), "spec.replicas: a string is wanted, found an integer");
      assertWrong(
          () -> WEB.integer("spec.ratio"), "spec.ratio: an integer is wanted, found a fraction");
      assertWrong(() -> WEB.isTrue("kind"), "kind: a boolean is wanted, found a string");
      assertWrong(() -> WEB.tree("kind"), "kind: an object is wanted, found a string");
      assertWrong(() -> WEB.items("spec"), "spec: a list is wanted, found an object");
      assertWrong(
          () -> WEB.items("metadata.finalizers"),
          "metadata.finalizers[0]: an object is wanted, found a string");
      assertWrong(() -> WEB.string("kind.x"), "kind: an object is wanted, found a string");
      assertWrong(
          () -> WEB.string("spec.paused[0]"), "spec.paused: a list is wanted, found a boolean");
      ObjectTree labels = ObjectTree.of(Map.of("metadata", Map.of("labels", Map.of("a", 1))));
      assertWrong(labels::labels, "metadata.labels.a: a string is wanted, found an integer");
    }

    private void assertWrong(Runnable read, String message) {
      assertThatExceptionOfType(FieldTypeException.class)
          .isThrownBy(read::run)
          .withMessage(message);
    }
  }

  @Nested
  class Copies {
    @Test
    void deeplySoThatNobodyCanChangeIt() {
      List<Object> list = new ArrayList<>(List.of("a"));
      Map<String, Object> content = new HashMap<>(Map.of("list", list));
      ObjectTree tree = ObjectTree.of(content);
      list.add("b");
      content.put("more", "x");

      assertThat(tree.asMap()).isEqualTo(Map.of("list", List.of("a")));
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> tree.asMap().put("x", "y"));
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> ((List<?>) tree.asMap().get("list")).clear());
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> tree.asMap().remove("absent"));
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> tree.asMap().entrySet().iterator().next().setValue("x"));
    }

    @Test
    void onceWhatNobodyCanChange() {
      Map<String, Object> spec = WEB.tree("spec").orElseThrow().asMap();

      assertThat(ObjectTree.of(WEB.asMap()).asMap()).isSameAs(WEB.asMap());
      assertThat(ObjectTree.of(Map.of("of", spec)).asMap().get("of")).isSameAs(spec);
      assertThat(WEB.with("spec.replicas", 4).with("x", spec.get("containers")).asMap().get("x"))
          .isSameAs(spec.get("containers"));
    }

    @Test
    void numbersAsLongElseDouble() {
      Map<String, Object> numbers = new LinkedHashMap<>();
      numbers.put("int", 1);
      numbers.put("short", (short) 2);
      numbers.put("whole", 3.0);
      numbers.put("float", 0.5f);
      numbers.put("big", new BigInteger("4"));
      numbers.put("bigger", new BigInteger("9223372036854775808"));
      numbers.put("decimal", new BigDecimal("1.5"));
      numbers.put("max", Long.MAX_VALUE);

      assertThat(ObjectTree.of(numbers).asMap().values())
          .containsExactly(1L, 2L, 3L, 0.5, 4L, 0x1p63, 1.5, Long.MAX_VALUE);
    }

    @Test
    void nullMembersAsAbsentAndNullItemsInTheirPlace() {
      Map<String, Object> content = new HashMap<>();
      content.put("none", null);
      content.put("list", Arrays.asList(null, "a"));
      ObjectTree tree = ObjectTree.of(content);

      assertThat(tree.asMap()).doesNotContainKey("none");
      assertThat(tree.string("list[0]")).isEmpty();
      assertThat(tree.string("list[1]")).hasValue("a");
    }

    @Test
    void refusingWhatIsNoJsonByItsPath() {
      assertRefused(
          Map.of("a", List.of(Map.of("b", Instant.EPOCH))),
          "a[0].b: a JSON value is needed",
          "java.time.Instant");
      assertRefused(Map.of("a", Double.NaN), "a: a JSON value is needed", "NaN");
      assertRefused(Map.of("a", Float.POSITIVE_INFINITY), "a: a JSON value is needed", "Infinity");
      assertRefused(
          Map.of("a", Map.of(1, "x")), "a: the name of a field is a string", "java.lang.Integer");
    }

    private void assertRefused(Map<String, ?> content, String start, String end) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ObjectTree.of(content))
          .withMessageStartingWith(start)
          .withMessageEndingWith(end);
    }
  }

  @Nested
  class Changes {
    @Test
    void shareWhatStaysTheSame() {
      ObjectTree scaled = WEB.with("spec.replicas", 5);

      assertThat(scaled.integer("spec.replicas")).hasValue(5);
      assertThat(WEB.integer("spec.replicas")).hasValue(3);
      assertThat(scaled.asMap().get("metadata")).isSameAs(WEB.asMap().get("metadata"));
      assertThat(scaled.get(FieldPath.parse("spec.containers")).orElseThrow())
          .isSameAs(WEB.get(FieldPath.parse("spec.containers")).orElseThrow());
    }

    @Test
    void keepTheInstanceWhenNothingChanges() {
      assertThat(WEB.with("spec.replicas", 3.0)).isSameAs(WEB);
      assertThat(WEB.without("spec.none.deeper")).isSameAs(WEB);
      assertThat(WEB.without("metadata.finalizers[=\"z\"]")).isSameAs(WEB);
    }

    @Test
    void makeMissingParents() {
      ObjectTree tree =
          ObjectTree.of(Map.of())
              .with("metadata.labels[\"a/b\"]", "c")
              .with("spec.ports[port=80,protocol=\"TCP\"].nodePort", 30000)
              .with("finalizers[=\"x\"]", "x")
              .with("args[0]", "first");

      assertThat(tree.asMap())
          .isEqualTo(
              Map.of(
                  "metadata", Map.of("labels", Map.of("a/b", "c")),
                  "spec",
                      Map.of(
                          "ports",
                          List.of(Map.of("port", 80L, "protocol", "TCP", "nodePort", 30000L))),
                  "finalizers", List.of("x"),
                  "args", List.of("first")));
    }

    @Test
    void reachListItems() {
      ObjectTree changed =
          WEB.with("spec.containers[name=\"side\"].image", "side:2")
              .without("spec.containers[name=\"web\"].args[0]")
              .without("metadata.finalizers[=\"x\"]");

      assertThat(changed.string("spec.containers[1].image")).hasValue("side:2");
      assertThat(changed.get(FieldPath.parse("spec.containers[0].args"))).hasValue(List.of("b"));
      assertThat(changed.get(FieldPath.parse("metadata.finalizers"))).hasValue(List.of("y"));
    }

    @Test
    void leaveEmptiedParents() {
      assertThat(ObjectTree.of(Map.of("a", Map.of("b", 1))).without("a.b").asMap())
          .isEqualTo(Map.of("a", Map.of()));
    }

    @Test
    void takeATreeAsValue() {
      assertThat(WEB.with("spec", WEB.tree("metadata").orElseThrow()).asMap().get("spec"))
          .isSameAs(WEB.asMap().get("metadata"));
    }

    @Test
    void areRefusedWhereThePathWouldNotFindThem() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WEB.with("spec.containers[name=\"web\"].name", "other"))
          .withMessage("spec.containers[name=\"web\"]: the new value has other keys than its path");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WEB.with("metadata.finalizers[=\"x\"]", "y"))
          .withMessageContaining("other keys than its path");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WEB.with("spec.containers[0].args[3]", "y"))
          .withMessage("spec.containers[0].args[3]: the list ends at 2");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WEB.without("."))
          .withMessageContaining("without itself");
      assertThatExceptionOfType(FieldTypeException.class)
          .isThrownBy(() -> WEB.with("kind.x", 1))
          .withMessage("kind: an object is wanted, found a string");
    }
  }

  @Nested
  class MapsStrings {
    @Test
    void atAndBelowThePattern() {
      ObjectTree changed = WEB.mapStrings("spec.containers[*].image", i -> "mirror/" + i);

      assertThat(changed.string("spec.containers[0].image")).hasValue("mirror/web:1");
      assertThat(changed.string("spec.containers[1].image")).hasValue("mirror/side:1");
      assertThat(changed.string("spec.containers[0].name")).hasValue("web");
      assertThat(changed.asMap().get("metadata")).isSameAs(WEB.asMap().get("metadata"));
      assertThat(WEB.mapStrings("metadata", s -> s + "!").asMap().get("metadata"))
          .isEqualTo(
              Map.of(
                  "name",
                  "web!",
                  "namespace",
                  "shop!",
                  "labels",
                  Map.of("app.kubernetes.io/name", "web!"),
                  "finalizers",
                  List.of("x!", "y!")));
    }

    @Test
    void byKeyMemberAndIndex() {
      assertThat(
              WEB.mapStrings("spec.containers[name=\"side\"].image", i -> "z")
                  .mapStrings("metadata.finalizers[=\"y\"]", i -> "z")
                  .mapStrings("spec.containers[0].args[1]", i -> "z")
                  .mapStrings("metadata.labels.*", i -> "z"))
          .isEqualTo(
              WEB.with("spec.containers[name=\"side\"].image", "z")
                  .with("metadata.finalizers[1]", "z")
                  .with("spec.containers[0].args[1]", "z")
                  .with("metadata.labels[\"app.kubernetes.io/name\"]", "z"));
    }

    @Test
    void returnsTheSameInstanceWhenNothingChanged() {
      assertThat(WEB.mapStrings("spec.containers[*].image", i -> new String(i))).isSameAs(WEB);
      assertThat(WEB.mapStrings("spec.none[*].image", i -> "x")).isSameAs(WEB);
      assertThat(WEB.mapStrings("kind.deeper", i -> "x")).isSameAs(WEB);
    }
  }

  @Test
  void equalsByContentWhateverTheOrderOfFields() {
    Map<String, Object> other = new LinkedHashMap<>();
    WEB.asMap().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> other.put(entry.getKey(), entry.getValue()));

    assertThat(ObjectTree.of(other)).isEqualTo(WEB).hasSameHashCodeAs(WEB);
    assertThat(WEB.with("spec.replicas", 4)).isNotEqualTo(WEB);
  }

  @Test
  void printsWhichObjectItIsAndNoValue() {
    assertThat(WEB).hasToString("apps/v1 Deployment shop/web");
    assertThat(ObjectTree.of(Map.of("kind", 5, "data", Map.of("password", "secret"))))
        .hasToString("");
  }
}
