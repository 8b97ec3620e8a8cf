package io.kcp.upstream.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldSetsTest {
  private static FieldSet fields(String yaml) {
    return FieldSets.of(Objects.yaml(yaml), TestSchema.deployment());
  }

  private static FieldSet set(String... paths) {
    FieldPath[] parsed = new FieldPath[paths.length];
    for (int i = 0; i < paths.length; i++) {
      parsed[i] = FieldPath.parse(paths[i]);
    }
    return FieldSet.of(parsed);
  }

  @Test
  void holdsLeavesAndItemsAndNoStructs() {
    assertThat(
            fields(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop, labels: {app: web}}
                spec:
                  replicas: 3
                  selector: {matchLabels: {app: web}}
                  template: {spec: {containers: [{name: web, args: [a]}]}}
                """))
        .isEqualTo(
            set(
                "metadata.labels.app",
                "spec.replicas",
                "spec.selector",
                "spec.template.spec.containers[name=\"web\"]",
                "spec.template.spec.containers[name=\"web\"].args",
                "spec.template.spec.containers[name=\"web\"].name"));
  }

  @Test
  void holdsEmptyMapsAndNoEmptyListMaps() {
    assertThat(fields("{spec: {template: {spec: {containers: [], volumes: []}}}}")).isEmpty();
    assertThat(fields("{metadata: {labels: {}}, spec: {template: {spec: {nodeSelector: {}}}}}"))
        .isEqualTo(set("metadata.labels", "spec.template.spec.nodeSelector"));
  }

  @Test
  void holdsAMapsKeysAsSuch() {
    MergeSchema schema =
        TestSchema.struct("data", TestSchema.map(TestSchema.struct("size", TestSchema.scalar())));
    ObjectTree object = Objects.yaml("{data: {a.b: {size: 1}, c: {}}}");

    assertThat(FieldSets.of(object, schema))
        .isEqualTo(set("data[\"a.b\"]", "data[\"a.b\"].size", "data.c"));
  }

  @Test
  void namesMembersOfSetsByValueAndOddItemsByIndex() {
    MergeSchema schema =
        TestSchema.struct(
            "set", TestSchema.set(),
            "list", TestSchema.listMap(TestSchema.struct("name", TestSchema.scalar()), "name"));
    ObjectTree object = Objects.yaml("{set: [b, 1, true, {a: b}], list: [{name: x}, {other: y}]}");

    assertThat(FieldSets.of(object, schema))
        .isEqualTo(
            set(
                "set[=\"b\"]",
                "set[=1]",
                "set[=true]",
                "set[3]",
                "list[name=\"x\"]",
                "list[name=\"x\"].name",
                "list[1]",
                "list[1].other"));
  }

  @Test
  void twoItemsWithTheSameKeysAreOnePath() {
    FieldSet fields =
        fields(
            "{spec: {template: {spec: {containers: [{name: a, image: i}, {name: a, args: [x]}]}}}}");

    assertThat(fields)
        .contains(
            FieldPath.parse("spec.template.spec.containers[name=\"a\"].image"),
            FieldPath.parse("spec.template.spec.containers[name=\"a\"].args"));
  }

  @Test
  void escapesKeysAsJson() {
    MergeSchema schema =
        TestSchema.struct(
            "list", TestSchema.listMap(TestSchema.struct("name", TestSchema.scalar()), "name"));
    ObjectTree object = Objects.yaml("{list: [{name: 'a\"b\\c<'}]}");

    assertThat(FieldSets.of(object, schema))
        .contains(FieldPath.of("list").item(Map.of("name", "a\"b\\c<")).field("name"));
  }

  @Test
  void isLinearInTheNumberOfFields() {
    Map<String, Object> data = new LinkedHashMap<>();
    for (int i = 0; i < 20_000; i++) {
      data.put("key-" + i, "value");
    }
    MergeSchema schema = TestSchema.struct("data", TestSchema.map(TestSchema.scalar()));

    FieldSet fields = FieldSets.of(ObjectTree.of(Map.of("data", data)), schema);

    assertThat(fields.size()).isEqualTo(20_000);
  }

  @Test
  void withoutTakesFieldsAndWhatIsBelow() {
    ObjectTree object =
        Objects.yaml("{spec: {replicas: 3, containers: [{name: a, image: i}, {name: b}]}}");

    assertThat(
            FieldSets.without(
                object, set("spec.replicas", "spec.containers[name=\"a\"]", "spec.absent")))
        .isEqualTo(Objects.yaml("{spec: {containers: [{name: b}]}}"));
  }
}
