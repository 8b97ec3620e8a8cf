package io.kcp.upstream.testkit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected words are those of a Kubernetes 1.36 API server. */
class CrdSchemaTest {
  private static final CrdSchema SCHEMA =
      schema(
          """
          n: {type: integer, minimum: 1, maximum: 5}
          f: {type: number, minimum: 0.5, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: true, multipleOf: 0.5}
          i32: {type: integer, format: int32}
          s: {type: string, minLength: 2, maxLength: 4, pattern: ^a}
          e: {type: string, enum: [a, b]}
          en: {type: integer, enum: [1, 2]}
          b: {type: boolean}
          l: {type: array, minItems: 1, maxItems: 2, items: {type: string}}
          set: {type: array, x-kubernetes-list-type: set, items: {type: string}}
          m:
            type: array
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [a]
            items: {type: object, required: [a], properties: {a: {type: string}, b: {type: integer}, d: {type: string, default: x}}}
          map: {type: object, minProperties: 1, maxProperties: 2, additionalProperties: {type: integer}}
          nested: {type: object, additionalProperties: true}
          req: {type: object, required: [x], properties: {x: {type: string}}}
          ios: {x-kubernetes-int-or-string: true}
          child: {type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object, properties: {a: {type: string}}}}}
          nul: {type: string, nullable: true}
          nuld: {type: string, nullable: true, default: x}
          def: {type: string, default: x}
          any: {type: object, properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}
          one: {type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}
          all: {type: string, allOf: [{pattern: ^a}, {pattern: b$}]}
          not: {type: string, not: {enum: [z]}}
          free: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {known: {type: object, properties: {a: {type: string}}}}}
          frees: {type: array, x-kubernetes-preserve-unknown-fields: true}
          ddef: {type: object, default: {}, properties: {a: {type: string, default: q}}}
          """);

  private static CrdSchema schema(String properties) {
    Map<String, Object> schema =
        Yaml.object("{type: object, required: [spec], properties: {spec: {type: object}}}");
    Json.map(Json.map(schema.get("properties")).get("spec"))
        .put("properties", Yaml.object(properties));
    return CrdSchema.of(schema, false);
  }

  private static Map<String, Object> object(String spec) {
    return Yaml.object("{apiVersion: ex.io/v1, kind: G, metadata: {name: g}, spec: " + spec + "}");
  }

  private static List<String> errors(CrdSchema schema, @Nullable String old, String spec) {
    return schema.validate(old == null ? null : object(old), object(spec)).stream()
        .map(error -> error.field() + "|" + error.reason() + "|" + error.message())
        .toList();
  }

  @Nested
  class Validating {
    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        quoteCharacter = '`',
        textBlock =
            """
            {n: 0}          ~ spec.n|FieldValueInvalid|Invalid value: 0: spec.n in body should be greater than or equal to 1
            {n: 6}          ~ spec.n|FieldValueInvalid|Invalid value: 6: spec.n in body should be less than or equal to 5
            {n: x}          ~ spec.n|FieldValueTypeInvalid|Invalid value: "string": spec.n in body must be of type integer: "string"
            {n: [1]}        ~ spec.n|FieldValueTypeInvalid|Invalid value: "array": spec.n in body must be of type integer: "array"
            {f: 0.5}        ~ spec.f|FieldValueInvalid|Invalid value: 0.5: spec.f in body should be greater than 0.5
            {f: 9.0}        ~ spec.f|FieldValueInvalid|Invalid value: 9: spec.f in body should be less than 9
            {f: 0.7}        ~ spec.f|FieldValueInvalid|Invalid value: 0.7: spec.f in body should be a multiple of 0.5
            {f: 1}          ~ spec.f|FieldValueInvalid|Invalid value: 0: factor MultipleOf declared for spec.f must be positive: 0
            {i32: 3000000000} ~ <nil>|FieldValueInvalid|Invalid value: "": Checked value must be of type integer with format int32 in spec.i32
            {s: a}          ~ spec.s|FieldValueInvalid|Invalid value: "a": spec.s in body should be at least 2 chars long
            {s: abcde}      ~ spec.s|FieldValueTooLong|Too long: may not be more than 4 bytes
            {s: bb}         ~ spec.s|FieldValueInvalid|Invalid value: "bb": spec.s in body should match '^a'
            {s: 1}          ~ spec.s|FieldValueTypeInvalid|Invalid value: "integer": spec.s in body must be of type string: "integer"
            {e: c}          ~ spec.e|FieldValueNotSupported|Unsupported value: "c": supported values: "a", "b"
            {en: 3}         ~ spec.en|FieldValueNotSupported|Unsupported value: 3: supported values: "1", "2"
            {b: 'true'}     ~ spec.b|FieldValueTypeInvalid|Invalid value: "string": spec.b in body must be of type boolean: "string"
            {s: null}       ~ spec.s|FieldValueTypeInvalid|Invalid value: "null": spec.s in body must be of type string: "null"
            {s: 0.5}        ~ spec.s|FieldValueTypeInvalid|Invalid value: "number": spec.s in body must be of type string: "number"
            {l: []}         ~ spec.l|FieldValueInvalid|Invalid value: 0: spec.l in body should have at least 1 items
            {l: [a, b, c]}  ~ spec.l|FieldValueTooMany|Too many: 3: must have at most 2 items
            {l: [1, a]}     ~ spec.l[0]|FieldValueTypeInvalid|Invalid value: "integer": spec.l[0] in body must be of type string: "integer"
            {l: {}}         ~ spec.l|FieldValueTypeInvalid|Invalid value: "object": spec.l in body must be of type array: "object"
            {m: [{a: x}, {a: x}]} ~ spec.m[1]|FieldValueDuplicate|Duplicate value: {"a":"x"}
            {m: [{b: 1}]}   ~ spec.m[0].a|FieldValueRequired|Required value
            {map: {}}       ~ spec.map|FieldValueInvalid|Invalid value: 0: spec.map in body should have at least 1 properties
            {map: {a: 1, b: 2, c: 3}} ~ spec.map|FieldValueTooMany|Too many: 3: must have at most 2 items
            {map: {a: x}}   ~ spec.map.a|FieldValueTypeInvalid|Invalid value: "string": spec.map.a in body must be of type integer: "string"
            {req: {}}       ~ spec.req.x|FieldValueRequired|Required value
            {ios: true}     ~ spec.ios|FieldValueTypeInvalid|Invalid value: "boolean": spec.ios in body must be of type integer,string: "boolean"
            {one: {a: x, b: x}} ~ <nil>|FieldValueInvalid|Invalid value: "": "spec.one" must validate one and only one schema (oneOf). Found 2 valid alternatives
            {not: z}        ~ <nil>|FieldValueInvalid|Invalid value: "": "spec.not" must not validate the schema (not)
            """)
    void oneThingWrong(String spec, String error) {
      assertThat(errors(SCHEMA, null, spec)).containsExactly(error);
    }

    @Test
    void severalThingsWrong() {
      assertThat(errors(SCHEMA, null, "{n: 1.5}"))
          .containsExactly(
              "spec.n|FieldValueTypeInvalid|Invalid value: \"number\": spec.n in body must be of type integer: \"number\"",
              "<nil>|FieldValueInvalid|Invalid value: \"\": Checked value must be of type integer (default format) in spec.n");
      assertThat(errors(SCHEMA, null, "{e: 1}"))
          .containsExactly(
              "spec.e|FieldValueTypeInvalid|Invalid value: \"integer\": spec.e in body must be of type string: \"integer\"",
              "spec.e|FieldValueNotSupported|Unsupported value: 1: supported values: \"a\", \"b\"");
      assertThat(errors(SCHEMA, null, "{set: [a, a, b, b, b]}"))
          .containsExactly(
              "spec.set[1]|FieldValueDuplicate|Duplicate value: \"a\"",
              "spec.set[3]|FieldValueDuplicate|Duplicate value: \"b\"");
      assertThat(errors(SCHEMA, null, "{child: {}}"))
          .containsExactly(
              "spec.child.apiVersion|FieldValueRequired|Required value",
              "spec.child.kind|FieldValueRequired|Required value");
      assertThat(errors(SCHEMA, null, "{any: {}}"))
          .containsExactly(
              "<nil>|FieldValueInvalid|Invalid value: \"\": \"spec.any\" must validate at least one schema (anyOf)",
              "spec.any.a|FieldValueRequired|Required value");
      assertThat(errors(SCHEMA, null, "{one: {}}"))
          .containsExactly(
              "<nil>|FieldValueInvalid|Invalid value: \"\": \"spec.one\" must validate one and only one schema (oneOf). Found none valid",
              "spec.one.a|FieldValueRequired|Required value");
      assertThat(errors(SCHEMA, null, "{all: x}"))
          .containsExactly(
              "spec.all|FieldValueInvalid|Invalid value: \"x\": spec.all in body should match '^a'",
              "spec.all|FieldValueInvalid|Invalid value: \"x\": spec.all in body should match 'b$'",
              "<nil>|FieldValueInvalid|Invalid value: \"\": \"spec.all\" must validate all the schemas (allOf). None validated");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{n: 2.0, f: 1.5, i32: 3, s: abc, e: a, en: 2, b: true, ios: 1}",
          "{nul: null, nuld: null, ios: x, any: {a: x}, one: {b: x}, all: ab, not: a}",
          "{l: [a], set: [a, b], m: [{a: x}, {a: y}], map: {a: 1}, free: {x: [1]}, nested: {a: {b: 1}}}",
          "{child: {apiVersion: v1, kind: A}}"
        })
    void nothingWrong(String spec) {
      assertThat(errors(SCHEMA, null, spec)).isEmpty();
    }

    @Test
    void whatWasWrongBeforeMayStay() {
      String old = "{n: 0, m: [{a: x, b: y}], l: [a, b, c], set: [a, a]}";

      assertThat(
              errors(
                  SCHEMA,
                  old,
                  "{n: 0, m: [{a: new}, {a: x, b: y}], l: [a, b, c], set: [b, b], e: a}"))
          .isEmpty();
      assertThat(errors(SCHEMA, old, "{n: -1}")).hasSize(1);
      assertThat(errors(SCHEMA, old, "{m: [{a: y, b: y}]}")).hasSize(1);
      assertThat(errors(SCHEMA, old, "{l: [a, b, d]}")).hasSize(1);
      assertThat(errors(SCHEMA, "{s: null}", "{s: null, e: a}")).isEmpty();
    }

    @Test
    void theRootIsChecked() {
      assertThat(SCHEMA.validate(null, Map.of("kind", "G")))
          .containsExactly(new FieldError("spec", "FieldValueRequired", "Required value"));
    }

    @ParameterizedTest
    @CsvSource({
      "date-time, 2026-01-01T00:00:00Z, x",
      "date, 2026-01-01, 2026-13-01",
      "byte, YWJj, x$",
      "uri, https://a.b/c, a b",
      "uri, /path, x",
      "ipv4, 10.0.0.1, 10.0.0.256",
      "ipv6, ::1, 10.0.0.1",
      "cidr, 10.0.0.0/8, 10.0.0.0/33",
      "cidr, fd00::/8, 10.0.0.0",
      "uuid, 123e4567-e89b-12d3-a456-426614174000, 123e4567",
      "email, a@b, a",
      "hostname, a.b-c, _x",
      "duration, 1h30m, x",
      "mac, 00:11:22:33:44:55, 00:11"
    })
    void formats(String format, String right, String wrong) {
      CrdSchema schema = schema("v: {type: string, format: " + format + "}");

      assertThat(errors(schema, null, "{v: '" + right + "'}")).isEmpty();
      assertThat(errors(schema, null, "{v: '" + wrong + "'}"))
          .containsExactly(
              "spec.v|FieldValueTypeInvalid|Invalid value: \"%s\": spec.v in body must be of type %s: \"%s\""
                  .formatted(wrong, format, wrong));
    }

    @Test
    void anUnknownFormatTakesAll() {
      assertThat(errors(schema("v: {type: string, format: colour}"), null, "{v: x}")).isEmpty();
    }
  }

  @Nested
  class Rules {
    private final CrdSchema schema =
        schema(
            """
            s: {type: string, x-kubernetes-validations: [{rule: "self != 'z'", message: no z}]}
            l: {type: array, items: {type: string, x-kubernetes-validations: [{rule: "size(self) < 3"}]}, x-kubernetes-validations: [{rule: size(self) < 2}]}
            o:
              type: object
              properties: {a: {type: string}, b: {type: string}}
              x-kubernetes-validations:
              - {rule: "self.a != 'z'", message: no z, fieldPath: .b}
              - {rule: "!has(self.b) || self.b != 'f'", message: no f, reason: FieldValueForbidden}
              - {rule: "!has(self.b) || self.b != 'r'", message: give it, reason: FieldValueRequired}
              - {rule: "!has(self.b) || self.b != 'd'", reason: FieldValueDuplicate}
            im: {type: string, enum: [a, b], x-kubernetes-validations: [{rule: self == oldSelf, message: immutable}]}
            n: {type: integer, x-kubernetes-validations: [{rule: self > 2}]}
            m: {type: object, additionalProperties: {type: object, properties: {x: {type: string}}, x-kubernetes-validations: [{rule: has(self.x)}]}}
            beyond: {type: string, x-kubernetes-validations: [{rule: "self.format('%d') == quantity('1')"}, {rule: "self # x"}]}
            """);

    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        quoteCharacter = '`',
        textBlock =
            """
            {s: z}          ~ spec.s|FieldValueInvalid|Invalid value: "z": no z
            {l: [a, b]}     ~ spec.l|FieldValueInvalid|Invalid value: failed rule: size(self) < 2
            {l: [abc]}      ~ spec.l[0]|FieldValueInvalid|Invalid value: "abc": failed rule: size(self) < 3
            {o: {}}         ~ spec.o.b|FieldValueInvalid|Invalid value: "object": no such key: a evaluating rule: no z
            {o: {a: z}}     ~ spec.o.b|FieldValueInvalid|Invalid value: no z
            {o: {a: a, b: f}} ~ spec.o|FieldValueForbidden|Forbidden: no f
            {o: {a: a, b: r}} ~ spec.o|FieldValueRequired|Required value: give it
            {o: {a: a, b: d}} ~ spec.o|FieldValueDuplicate|Duplicate value: {"a":"a","b":"d"}
            {n: 1}          ~ spec.n|FieldValueInvalid|Invalid value: 1: failed rule: self > 2
            {m: {k: {}}}    ~ spec.m[k]|FieldValueInvalid|Invalid value: failed rule: has(self.x)
            """)
    void thatDoNotHold(String spec, String error) {
      assertThat(errors(schema, null, spec)).containsExactly(error);
    }

    @Test
    void oldValuesAreCompared() {
      assertThat(errors(schema, null, "{im: a}")).isEmpty();
      assertThat(errors(schema, "{im: a}", "{im: a}")).isEmpty();
      assertThat(errors(schema, "{im: a}", "{im: b}"))
          .containsExactly("spec.im|FieldValueInvalid|Invalid value: \"b\": immutable");
    }

    @Test
    void whatDidNotHoldBeforeMayStay() {
      assertThat(errors(schema, "{s: z}", "{s: z, n: 3}")).isEmpty();
    }

    @Test
    void areNotRunOnWhatIsBroken() {
      assertThat(errors(schema, null, "{im: x, s: z}"))
          .containsExactly(
              "spec.im|FieldValueNotSupported|Unsupported value: \"x\": supported values: \"a\", \"b\"",
              "<nil>|FieldValueInvalid|Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation");
    }

    @Test
    void thatAreBeyondThisReaderAreSkipped() {
      assertThat(errors(schema, null, "{beyond: x}")).isEmpty();
    }
  }

  @Nested
  class Pruning {
    @Test
    void dropsWhatIsNotKnown() {
      Map<String, Object> object =
          object(
              "{zz: 1, req: {x: a, y: 1}, m: [{a: x, c: 1}], s: {a: 1}, map: {k: {a: 1}}, nested: {a: {b: 1}}, free: {x: {y: 1}, known: {a: a, zz: 1}}, frees: [{a: 1}], child: {apiVersion: v1, metadata: {name: x, foo: 1}, spec: {a: a, zz: 1}, zz: 1}}");
      Json.map(object.get("metadata")).put("foo", 1L);
      object.put("top", 1L);

      Pruned pruned = SCHEMA.prune(object);

      assertThat(pruned.object())
          .isEqualTo(
              object(
                  "{req: {x: a}, m: [{a: x}], s: {}, map: {k: {}}, nested: {a: {}}, free: {x: {y: 1}, known: {a: a}}, frees: [{a: 1}], child: {apiVersion: v1, metadata: {name: x}, spec: {a: a}}}"));
      assertThat(pruned.unknown())
          .containsExactly(
              "metadata.foo",
              "spec.child.metadata.foo",
              "spec.child.spec.zz",
              "spec.child.zz",
              "spec.free.known.zz",
              "spec.m[0].c",
              "spec.map.k.a",
              "spec.nested.a.b",
              "spec.req.y",
              "spec.s.a",
              "spec.zz",
              "top");
    }

    @Test
    void keepsTheObjectItselfWhenAllIsKnown() {
      Map<String, Object> object = object("{n: 1, m: [{a: x}], child: {metadata: {name: x}}}");

      assertThat(SCHEMA.prune(object).object()).isSameAs(object);
    }

    @Test
    void leavesAllWhenUnknownFieldsArePreserved() {
      Map<String, Object> object = object("{zz: 1, s: null}");
      CrdSchema open = CrdSchema.of(Yaml.object("{type: object}"), true);

      assertThat(open.prune(object).object()).isSameAs(object);
      assertThat(open.dropNulls(object)).isSameAs(object);
    }

    @Test
    void dropsNullsThatMeanNothing() {
      assertThat(
              SCHEMA.dropNulls(
                  object(
                      "{s: null, nul: null, nuld: null, def: null, zz: null, map: {a: null}, m: [{a: x, b: null}], l: [null]}")))
          .isEqualTo(
              object(
                  "{nul: null, nuld: null, def: null, zz: null, map: {}, m: [{a: x}], l: [null]}"));
    }
  }

  @Nested
  class Defaulting {
    @Test
    void fillsInWhatIsMissing() {
      Map<String, Object> object = object("{m: [{a: x}], free: {x: {}}}");
      Map<String, Object> before = Json.copy(object);

      assertThat(SCHEMA.applyDefaults(object))
          .isEqualTo(object("{m: [{a: x, d: x}], free: {x: {}}, nuld: x, def: x, ddef: {a: q}}"));
      assertThat(object).isEqualTo(before);
    }

    @Test
    void replacesNullsThatAreNotAllowed() {
      assertThat(SCHEMA.applyDefaults(object("{nuld: null, def: null, ddef: null, s: null}")))
          .isEqualTo(object("{nuld: null, def: x, ddef: {a: q}, s: null}"));
    }
  }
}
