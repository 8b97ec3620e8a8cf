package io.kcp.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.discovery.MergeSchema.Merge;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.Json;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaNodeTest {
  private static final ResourceType THINGS =
      new ResourceType(
          GroupResource.parse("things.example.com"), "v1", "Thing", true, Set.of(), Set.of());
  private static final String COMPONENTS =
      """
      Thing:
        type: object
        x-kubernetes-group-version-kind: [{group: example.com, version: v1, kind: Thing}]
        properties:
          apiVersion: {type: string}
          kind: {type: string}
          metadata: {type: object}
          spec: {default: {}, allOf: [{$ref: '#/components/schemas/Spec'}]}
          sealed: {type: object}
          free: {$ref: '#/components/schemas/Raw'}
          lost: {$ref: '#/components/schemas/Nowhere'}
          circle: {$ref: '#/components/schemas/Circle'}
      Spec:
        type: object
        properties:
          string: {type: string}
          struct: {type: object, properties: {a: {type: string}}}
          atomicStruct: {type: object, x-kubernetes-map-type: atomic, properties: {a: {type: string}}}
          labels: {type: object, additionalProperties: {type: string}}
          others: {type: object, additionalProperties: {type: object, properties: {a: {type: string}}}}
          anyOthers: {type: object, additionalProperties: true}
          open: {type: object, x-kubernetes-preserve-unknown-fields: true,
                 properties: {known: {type: object, properties: {a: {type: string}}}}}
          anything: {x-kubernetes-preserve-unknown-fields: true}
          embedded: {type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object}}}
          quantity: {$ref: '#/components/schemas/Quantity'}
          intOrString: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}
          choice: {oneOf: [{type: object}, {type: string}]}
          list: {type: array, items: {type: object, properties: {a: {type: string}}}}
          atomicList: {type: array, x-kubernetes-list-type: atomic, items: {type: string}}
          set: {type: array, x-kubernetes-list-type: set, items: {type: string}}
          map: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [port, protocol],
                items: {allOf: [{$ref: '#/components/schemas/Port'}]}}
          keyless: {type: array, x-kubernetes-list-type: map, items: {type: object}}
          merged: {type: array, x-kubernetes-patch-strategy: 'merge,retainKeys',
                   x-kubernetes-patch-merge-key: name, items: {type: object}}
          mergedSet: {type: array, x-kubernetes-patch-strategy: merge, items: {type: string}}
          reference: {$ref: '#/components/schemas/Reference'}
          granular: {$ref: '#/components/schemas/Reference', x-kubernetes-map-type: granular}
          atomicRef: {allOf: [{$ref: '#/components/schemas/Port'}], x-kubernetes-map-type: atomic}
          again: {$ref: '#/components/schemas/Spec'}
      Port:
        type: object
        properties: {port: {type: integer}, protocol: {type: string, default: TCP}, name: {type: string}}
      Quantity: {oneOf: [{type: string}, {type: number}]}
      Reference: {type: object, x-kubernetes-map-type: atomic, properties: {name: {type: string}}}
      Raw: {type: object}
      Circle: {$ref: '#/components/schemas/Circle'}
      """;
  private static final SchemaNode THING = thing(COMPONENTS);

  private static SchemaNode thing(String components) {
    ObjectTree document =
        Yaml.tree("{openapi: 3.0.0, paths: {}}")
            .with("components.schemas", Yaml.tree(components))
            .with("after", "x");
    try {
      return SchemaDocument.read(Json.write(document.asMap())).schemaOf(THINGS).orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static MergeSchema spec(String field) {
    return THING.field("spec").field(field);
  }

  @ParameterizedTest
  @CsvSource({
    "string, WHOLE",
    "struct, FIELDS",
    "atomicStruct, WHOLE",
    "labels, FIELDS",
    "anyOthers, FIELDS",
    "open, FIELDS",
    "anything, DEDUCED",
    "quantity, WHOLE",
    "intOrString, WHOLE",
    "choice, DEDUCED",
    "list, WHOLE",
    "atomicList, WHOLE",
    "set, SET",
    "map, LIST_MAP",
    "keyless, WHOLE",
    "merged, LIST_MAP",
    "mergedSet, SET",
    "reference, WHOLE",
    "granular, FIELDS",
    "atomicRef, WHOLE",
    "again, FIELDS",
    "unknown, DEDUCED"
  })
  void saysHowAValueMerges(String field, Merge merge) {
    assertThat(spec(field).merge()).isEqualTo(merge);
  }

  @Test
  void knowsKeysAndTheirDefaults() {
    assertThat(spec("map").keys()).containsExactly("port", "protocol");
    assertThat(spec("map").keyDefault("protocol")).contains("TCP");
    assertThat(spec("map").keyDefault("port")).isEmpty();
    assertThat(spec("map").keyDefault("nosuch")).isEmpty();
    assertThat(spec("merged").keys()).containsExactly("name");
    assertThat(spec("string").keyDefault("a")).isEmpty();
  }

  @Test
  void tellsDeclaredFieldsFromKeysOfMaps() {
    assertThat(spec("struct").declares("a")).isTrue();
    assertThat(spec("labels").declares("a")).isFalse();
    assertThat(spec("labels").field("a").merge()).isEqualTo(Merge.WHOLE);
    assertThat(spec("map").items().declares("port")).isTrue();
  }

  @Test
  void followsReferencesRoundInACircle() {
    assertThat(spec("again").field("again").field("again").field("set").merge())
        .isEqualTo(Merge.SET);
    assertThat(spec("again")).isSameAs(THING.field("spec"));
  }

  @Test
  void deducesWhereAReferenceLeadsNowhere() {
    assertThat(THING.field("lost")).isSameAs(MergeSchema.deduced());
    assertThat(THING.field("circle")).isSameAs(MergeSchema.deduced());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {string: a, x: 1}                              | {string: a}
          {struct: {a: x, b: y}}                         | {struct: {a: x}}
          {atomicStruct: {a: x, b: y}}                   | {atomicStruct: {a: x}}
          {labels: {any: x}}                             | {labels: {any: x}}
          {others: {x: {a: x, b: y}}}                    | {others: {x: {a: x}}}
          {anyOthers: {x: {b: y}}}                       | {anyOthers: {x: {b: y}}}
          {open: {x: {y: 1}, known: {a: x, b: y}}}       | {open: {x: {y: 1}, known: {a: x}}}
          {anything: {x: [{y: 1}]}}                      | {anything: {x: [{y: 1}]}}
          {list: [{a: x, b: y}, {}]}                     | {list: [{a: x}, {}]}
          {map: [{port: 1, x: 2}]}                       | {map: [{port: 1}]}
          {again: {again: {x: 1, string: a}}}            | {again: {again: {string: a}}}
          {embedded: {apiVersion: v1, kind: A, metadata: {x: y}, spec: {a: b}, x: y}} | {embedded: {apiVersion: v1, kind: A, metadata: {x: y}, spec: {}}}
          {string: {not: a string}}                      | {string: {not: a string}}
          """)
  void prunesAsTheServerDoes(String spec, String kept) {
    ObjectTree object = Yaml.tree("{apiVersion: example.com/v1, kind: Thing, spec: " + spec + "}");

    assertThat(THING.prune(object).tree("spec")).contains(Yaml.tree(kept));
  }

  @Test
  void prunesTheRootButNeverMetadata() {
    ObjectTree object =
        Yaml.tree(
            """
            {apiVersion: example.com/v1, kind: Thing, metadata: {name: a, ownerReferences: [{uid: b}]},
             data: {x: y}, sealed: {x: y}, free: {x: y}, lost: {x: y}}
            """);

    assertThat(THING.prune(object)).isEqualTo(object.without("data").without("sealed.x"));
  }

  @Test
  void givesBackTheSameObjectWhenNothingIsPruned() {
    ObjectTree object =
        Yaml.tree("{apiVersion: example.com/v1, kind: Thing, spec: {set: [a], map: [{port: 1}]}}");

    assertThat(THING.prune(object)).isSameAs(object);
  }

  @Test
  void saysTheSameOnlyIfAllThatItRefersToDoes() {
    SchemaNode same = thing(COMPONENTS + "Unrelated: {type: string}\n");
    SchemaNode other = thing(COMPONENTS.replace("default: TCP", "default: UDP"));

    assertThat(THING.saysTheSameAs(same)).isTrue();
    assertThat(THING.saysTheSameAs(other)).isFalse();
  }
}
