package io.kcp.upstream.testkit.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ServerSideApplyTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final Instant LATER = Instant.parse("2026-01-01T00:01:00Z");

  private static final Schema WIDGET =
      Schemas.ofCrd(
          Yaml.object(
              """
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    n: {type: integer}
                    s: {type: string}
                    b: {type: boolean}
                    any: {x-kubernetes-int-or-string: true}
                    empty: {type: object}
                    labels: {type: object, additionalProperties: {type: string}}
                    closed: {type: object, properties: {a: {type: string}}, additionalProperties: false}
                    open: {type: object, additionalProperties: true}
                    free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                    whole: {type: object, x-kubernetes-map-type: atomic, properties: {a: {type: string}}}
                    list: {type: array, items: {type: string}}
                    set: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                    items:
                      type: array
                      x-kubernetes-list-type: map
                      x-kubernetes-list-map-keys: [name, kind]
                      items:
                        type: object
                        properties: {name: {type: string}, kind: {type: string, default: x}, v: {type: string}}
                    child: {type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object, properties: {a: {type: string}}}}}
                    sub: {type: object, properties: {a: {type: string}, b: {type: string}}}
                status: {type: object, properties: {x: {type: string}}}
              """),
          false,
          true);

  private static final Schema DEPLOYMENT = Schemas.builtIn("apps", "v1", "Deployment");

  private static Map<String, Object> widget(String spec) {
    return Yaml.object(
        "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: w}, spec: %s}".formatted(spec));
  }

  private static Map<String, Object> deployment(String spec) {
    return Yaml.object(
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: %s}"
            .formatted(spec));
  }

  private static Manager manager(String name) {
    return new Manager(name, "ex.io/v1", "");
  }

  private static Map<String, Object> apply(
      @Nullable Map<String, Object> live, String manager, String spec) {
    return ServerSideApply.apply(live, widget(spec), manager(manager), false, WIDGET, FIRST);
  }

  private static Map<String, Object> force(Map<String, Object> live, String manager, String spec) {
    return ServerSideApply.apply(live, widget(spec), manager(manager), true, WIDGET, LATER);
  }

  private static Map<String, Object> update(Map<String, Object> live, String manager, String spec) {
    return ManagedFields.afterUpdate(live, widget(spec), manager(manager), WIDGET, LATER);
  }

  private static @Nullable Object spec(Map<String, Object> object) {
    return object.get("spec");
  }

  private static Object managedFields(Map<String, Object> object) {
    return Json.list(ManagedFields.metadata(object).get("managedFields"));
  }

  /** The entry of the manager. */
  private static Map<String, Object> entry(Map<String, Object> object, String manager) {
    return Json.list(managedFields(object)).stream()
        .map(Json::map)
        .filter(entry -> manager.equals(entry.get("manager")))
        .findFirst()
        .orElse(Map.of());
  }

  private static @Nullable Object owned(Map<String, Object> object, String manager) {
    return entry(object, manager).get("fieldsV1");
  }

  private static void assertRefused(String spec, String problem) {
    assertThatThrownBy(() -> apply(null, "m", spec))
        .isInstanceOfSatisfying(
            InvalidConfigException.class, refusal -> assertThat(refusal.code()).isEqualTo(500))
        .hasMessage("failed to create typed patch object (/w; ex.io/v1, Kind=Widget): " + problem);
  }

  @Nested
  class Ownership {
    @Test
    void anApplierOwnsWhatItSays() {
      Map<String, Object> applied =
          apply(
              null,
              "m",
              "{n: 1, labels: {a: '1'}, whole: {a: x}, list: [a], set: [a], items: [{name: i, v: '1'}], free: {x: {y: 1, z: [1]}}, sub: {}}");

      assertThat(managedFields(applied))
          .isEqualTo(
              Yaml.list(
                  """
                  - manager: m
                    operation: Apply
                    apiVersion: ex.io/v1
                    time: "2026-01-01T00:00:00Z"
                    fieldsType: FieldsV1
                    fieldsV1:
                      f:spec:
                        f:free: {f:x: {.: {}, f:y: {}, f:z: {}}}
                        f:items: {'k:{"kind":"x","name":"i"}': {.: {}, f:name: {}, f:v: {}}}
                        f:labels: {f:a: {}}
                        f:list: {}
                        f:n: {}
                        f:set: {'v:"a"': {}}
                        f:sub: {}
                        f:whole: {}
                  """));
      assertThat(spec(applied))
          .isEqualTo(
              spec(
                  widget(
                      "{n: 1, labels: {a: '1'}, whole: {a: x}, list: [a], set: [a], items: [{name: i, v: '1'}], free: {x: {y: 1, z: [1]}}, sub: {}}")));
    }

    @Test
    void theIdentityOfAnObjectIsOwnedByNobody() {
      Map<String, Object> config =
          Yaml.object(
              "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: w, namespace: x, uid: u, generation: 3, labels: {a: b}}}");

      Map<String, Object> applied =
          ServerSideApply.apply(null, config, manager("m"), false, WIDGET, FIRST);

      assertThat(owned(applied, "m")).isEqualTo(Yaml.object("f:metadata: {f:labels: {f:a: {}}}"));
    }

    @Test
    void whoSaysNothingIsNoOwner() {
      Map<String, Object> config =
          Yaml.object("{apiVersion: ex.io/v1, kind: Widget, metadata: {name: w}}");

      Map<String, Object> applied =
          ServerSideApply.apply(null, config, manager("m"), false, WIDGET, FIRST);

      assertThat(ManagedFields.metadata(applied)).doesNotContainKey("managedFields");
    }

    @Test
    void equalValuesAreSharedAndWriteNoTime() {
      Map<String, Object> live = apply(null, "a", "{n: 1, s: x}");

      Map<String, Object> shared = apply(live, "b", "{s: x}");

      assertThat(owned(shared, "a")).isEqualTo(Yaml.object("f:spec: {f:n: {}, f:s: {}}"));
      assertThat(entry(shared, "b"))
          .containsEntry("fieldsV1", Yaml.object("f:spec: {f:s: {}}"))
          .doesNotContainKey("time");
    }

    @Test
    void theSameApplyAgainChangesNothing() {
      Map<String, Object> live = apply(null, "a", "{n: 1}");

      Map<String, Object> again =
          ServerSideApply.apply(live, widget("{n: 1}"), manager("a"), false, WIDGET, LATER);

      assertThat(again).isEqualTo(live);
      assertThat(ManagedFields.liveIfUnchanged(live, again)).isSameAs(live);
    }

    @Test
    void statusIsNotOwnedThroughTheMainEndpoint() {
      Map<String, Object> config = widget("{n: 1}");
      config.put("status", Map.of("x", "1"));

      Map<String, Object> applied =
          ServerSideApply.apply(null, config, manager("m"), false, WIDGET, FIRST);

      assertThat(owned(applied, "m")).isEqualTo(Yaml.object("f:spec: {f:n: {}}"));
    }

    @Test
    void nothingButStatusIsOwnedThroughTheStatusEndpoint() {
      Map<String, Object> config = widget("{n: 2}");
      config.put("status", Map.of("x", "1"));

      Map<String, Object> applied =
          ServerSideApply.apply(
              apply(null, "m", "{n: 1}"),
              config,
              new Manager("m", "ex.io/v1", "status"),
              false,
              WIDGET,
              LATER);

      assertThat(Json.list(managedFields(applied)).get(1))
          .isEqualTo(
              Yaml.object(
                  "{manager: m, operation: Apply, apiVersion: ex.io/v1, time: '2026-01-01T00:01:00Z', fieldsType: FieldsV1, fieldsV1: {f:status: {f:x: {}}}, subresource: status}"));
    }

    @Test
    void theFirstApplyLeavesTheRestToWhoWasBefore() {
      Map<String, Object> adopted = apply(widget("{n: 1, labels: {a: '1'}}"), "m", "{n: 1}");

      assertThat(owned(adopted, "before-first-apply"))
          .isEqualTo(Yaml.object("f:spec: {.: {}, f:labels: {.: {}, f:a: {}}, f:n: {}}"));
      assertThatThrownBy(() -> apply(widget("{n: 1}"), "m", "{n: 2}"))
          .hasMessage(
              "Apply failed with 1 conflict: conflict with \"before-first-apply\" using ex.io/v1: .spec.n");
    }

    @Test
    void brokenManagedFieldsAreRefused() {
      Map<String, Object> live =
          Yaml.object(
              "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: w, managedFields: [{manager: x}]}}");

      assertThatThrownBy(() -> apply(live, "m", "{n: 1}"))
          .isInstanceOf(InvalidConfigException.class)
          .hasMessageStartingWith("failed to decode managed fields: operation must be");
    }
  }

  @Nested
  class Conflict {
    @Test
    void anotherValueIsAConflict() {
      Map<String, Object> live = update(apply(null, "a", "{n: 1}"), "b", "{n: 2, s: x}");

      assertThatThrownBy(() -> apply(live, "c", "{n: 3}"))
          .isInstanceOfSatisfying(
              ApplyConflictException.class,
              refusal ->
                  assertThat(refusal.conflicts())
                      .containsExactly(
                          new ApplyConflictException.Conflict(
                              "conflict with \"b\" using ex.io/v1", ".spec.n")))
          .hasMessage("Apply failed with 1 conflict: conflict with \"b\" using ex.io/v1: .spec.n");
    }

    @Test
    void theUpdateOfTheSameNameIsAnotherOwner() {
      Map<String, Object> live = update(apply(null, "m", "{n: 1, s: x}"), "m", "{n: 2, s: x}");

      assertThatThrownBy(() -> apply(live, "m", "{n: 1, s: x}"))
          .hasMessage("Apply failed with 1 conflict: conflict with \"m\" using ex.io/v1: .spec.n");
    }

    @Test
    void severalAreListedByOwnerAndField() {
      Map<String, Object> live =
          apply(
              apply(null, "b", "{n: 1, s: x, sub: {a: '1'}, items: [{name: i, v: '1'}]}"),
              "a",
              "{n: 1}");

      assertThatThrownBy(
              () -> apply(live, "c", "{n: 2, s: y, sub: {a: '2'}, items: [{name: i, v: '2'}]}"))
          .isInstanceOfSatisfying(
              ApplyConflictException.class,
              refusal ->
                  assertThat(refusal.conflicts())
                      .extracting(c -> c.message(), c -> c.field())
                      .contains(
                          tuple("conflict with \"b\"", ".spec.items[kind=\"x\",name=\"i\"].v")))
          .hasMessage(
              """
              Apply failed with 5 conflicts: conflicts with "a":
              - .spec.n
              conflicts with "b":
              - .spec.n
              - .spec.s
              - .spec.items[kind="x",name="i"].v
              - .spec.sub.a""");
    }

    @Test
    void anOwnerThroughASubresourceIsNamedWithIt() {
      Map<String, Object> config = widget("{}");
      config.put("status", Map.of("x", "1"));
      Manager status = new Manager("m", "ex.io/v1", "status");
      Map<String, Object> live =
          ServerSideApply.apply(apply(null, "a", "{n: 1}"), config, status, false, WIDGET, FIRST);
      config.put("status", Map.of("x", "2"));

      assertThatThrownBy(
              () ->
                  ServerSideApply.apply(
                      live,
                      config,
                      new Manager("other", "ex.io/v1", "status"),
                      false,
                      WIDGET,
                      LATER))
          .hasMessage(
              "Apply failed with 1 conflict: conflict with \"m\" with subresource \"status\": .status.x");
    }

    @Test
    void forceTakesTheFieldFromItsOwners() {
      Map<String, Object> live = apply(apply(null, "a", "{n: 1, s: x}"), "b", "{n: 1}");

      Map<String, Object> taken = force(live, "c", "{n: 2}");

      assertThat(spec(taken)).isEqualTo(spec(widget("{n: 2, s: x}")));
      assertThat(owned(taken, "a")).isEqualTo(Yaml.object("f:spec: {f:s: {}}"));
      assertThat(owned(taken, "b")).isNull();
      assertThat(entry(taken, "c")).containsEntry("time", "2026-01-01T00:01:00Z");
    }
  }

  @Nested
  class Removing {
    @Test
    void whatNobodyAppliesAnyMoreIsRemoved() {
      Map<String, Object> live =
          apply(
              null,
              "a",
              "{n: 1, s: x, labels: {a: '1', b: '1'}, set: [a, b], items: [{name: i}, {name: j}], free: {x: 1}, list: [a]}");

      Map<String, Object> applied =
          apply(live, "a", "{n: 1, labels: {b: '1'}, set: [b], items: [{name: j}]}");

      assertThat(spec(applied))
          .isEqualTo(spec(widget("{n: 1, labels: {b: '1'}, set: [b], items: [{name: j}]}")));
    }

    @Test
    void whatAnotherOwnsStays() {
      Map<String, Object> live =
          apply(null, "a", "{n: 1, sub: {a: '1', b: '1'}, set: [a], items: [{name: i, v: '1'}]}");
      live = apply(live, "b", "{n: 1, sub: {a: '1'}, set: [a], items: [{name: i}]}");

      Map<String, Object> applied = apply(live, "a", "{}");

      assertThat(spec(applied))
          .isEqualTo(spec(widget("{n: 1, sub: {a: '1'}, set: [a], items: [{name: i}]}")));
      assertThat(owned(applied, "a")).isEqualTo(Yaml.object("f:spec: {}"));
    }

    @Test
    void anItemGoesThoughAnotherOwnsAFieldOfIt() {
      Map<String, Object> live = apply(null, "a", "{items: [{name: i, v: '1'}, {name: j}]}");
      live = update(live, "b", "{items: [{name: i, v: '2'}, {name: j}]}");

      Map<String, Object> applied = apply(live, "a", "{items: [{name: j}]}");

      assertThat(spec(applied)).isEqualTo(spec(widget("{items: [{name: j}]}")));
    }

    @Test
    void aMapThatLosesItsLastKeyIsNull() {
      Map<String, Object> applied =
          apply(apply(null, "a", "{labels: {a: '1'}}"), "a", "{labels: {}}");

      assertThat(Json.map(spec(applied))).containsEntry("labels", null);
    }

    @Test
    void whatNobodyOwnedStaysAsLongAsItsStructDoes() {
      Map<String, Object> live = apply(null, "a", "{n: 1, sub: {a: '1'}}");
      Map<String, Object> defaulted = Json.copy(live);
      Json.map(Json.map(spec(defaulted)).get("sub")).put("b", "default");

      assertThat(spec(apply(defaulted, "a", "{n: 1, sub: {}}")))
          .isEqualTo(spec(widget("{n: 1, sub: {b: default}}")));
      assertThat(spec(apply(defaulted, "a", "{n: 1}"))).isEqualTo(spec(widget("{n: 1}")));
    }
  }

  @Nested
  class Merging {
    @Test
    void appliedItemsKeepTheirOrderAndOthersTheirPlace() {
      Map<String, Object> live =
          apply(null, "a", "{items: [{name: a}, {name: b}, {name: c}, {name: d}], set: [x, y]}");

      Map<String, Object> applied =
          apply(live, "b", "{items: [{name: d}, {name: n}, {name: b, v: '1'}], set: [z, x]}");

      assertThat(spec(applied))
          .isEqualTo(
              spec(
                  widget(
                      "{items: [{name: a}, {name: c}, {name: d}, {name: n}, {name: b, v: '1'}], set: [z, x, y]}")));
    }

    @Test
    void anAtomicValueIsReplacedWhole() {
      Map<String, Object> live = apply(null, "a", "{list: [a, b], free: {x: {y: 1}}}");

      Map<String, Object> applied = apply(live, "a", "{list: [c], free: {x: {z: 1}}}");

      assertThat(spec(applied)).isEqualTo(spec(widget("{list: [c], free: {x: {z: 1}}}")));
    }

    @Test
    void aValueMayChangeItsKindWhereTheSchemaIsOpen() {
      Map<String, Object> live = apply(null, "a", "{free: {x: {y: 1}}, any: 1}");

      Map<String, Object> applied = apply(live, "a", "{free: {x: [1]}, any: '1'}");

      assertThat(spec(applied)).isEqualTo(spec(widget("{free: {x: [1]}, any: '1'}")));
    }

    @Test
    void liveDuplicatesAreToleratedAndMergedAway() {
      Map<String, Object> live =
          update(
              apply(null, "a", "{n: 1}"),
              "b",
              "{n: 1, items: [{name: i, v: '1'}, {name: i, v: '2'}, {name: j}]}");
      assertThat(owned(live, "b"))
          .isEqualTo(
              Yaml.object(
                  "f:spec: {f:items: {.: {}, 'k:{\"kind\":\"x\",\"name\":\"i\"}': {}, 'k:{\"kind\":\"x\",\"name\":\"j\"}': {.: {}, f:name: {}}}}"));

      Map<String, Object> applied = force(live, "c", "{items: [{name: i, v: '3'}]}");

      assertThat(spec(applied))
          .isEqualTo(spec(widget("{n: 1, items: [{name: i, v: '3'}, {name: j}]}")));
    }

    @Test
    void theLiveObjectIsNotTouched() {
      Map<String, Object> live = apply(null, "a", "{labels: {a: '1'}, items: [{name: a}]}");
      Map<String, Object> copy = Json.copy(live);

      force(live, "b", "{labels: {a: '2', b: '1'}, items: [{name: a, v: '1'}, {name: b}]}");

      assertThat(live).isEqualTo(copy);
    }
  }

  @Nested
  class Refusals {
    @Test
    void valuesMustFitTheSchema() {
      assertRefused("{n: x}", ".spec.n: expected numeric (int or float), got string");
      assertRefused("{n: [1]}", ".spec.n: expected numeric (int or float), got []interface {}");
      assertRefused("{s: 1}", ".spec.s: expected string, got &value.valueUnstructured{Value:1}");
      assertRefused(
          "{s: {a: [1, x]}}",
          ".spec.s: expected string, got &value.valueUnstructured{Value:map[string]interface {}{\"a\":[]interface {}{1, \"x\"}}}");
      assertRefused("{b: x}", ".spec.b: expected boolean, got &{x}");
      assertRefused("{labels: x}", ".spec.labels: expected map, got &{x}");
      assertRefused("{set: {a: [1]}}", ".spec.set: expected list, got &{map[a:[1]]}");
      assertRefused("{nope: 1}", ".spec.nope: field not declared in schema");
      assertRefused("{closed: {b: 1}}", ".spec.closed.b: field not declared in schema");
      assertRefused("{set: [a, a]}", ".spec.set: duplicate entries for key [=\"a\"]");
      assertRefused(
          "{items: [{name: a}, {name: a, kind: x}]}",
          ".spec.items: duplicate entries for key [kind=\"x\",name=\"a\"]");
      assertRefused(
          "{items: [null]}",
          ".spec.items: element 0: associative list with keys may not have a null element");
      assertRefused(
          "{items: [a]}",
          ".spec.items: element 0: associative list with keys may not have non-map elements");
      assertRefused(
          "{set: [{}]}",
          ".spec.set: element 0: associative list without keys has an element that's a map type");
      assertRefused(
          "{s: 1, b: 1}",
          "errors:\n  .spec.s: expected string, got &value.valueUnstructured{Value:1}\n  .spec.b: expected boolean, got &{1}");
    }

    @Test
    void openPartsTakeAnything() {
      assertThat(
              apply(
                  null,
                  "m",
                  "{open: {a: [1]}, empty: {a: 1}, child: {apiVersion: v1, kind: A, metadata: {labels: {a: b}}, spec: {a: x}}}"))
          .isNotNull();
    }

    @Test
    void theVersionMustBeThatOfTheRequest() {
      Map<String, Object> config = widget("{}");
      config.put("apiVersion", "ex.io/v2");

      assertThatThrownBy(
              () -> ServerSideApply.apply(null, config, manager("m"), false, WIDGET, FIRST))
          .isInstanceOfSatisfying(
              InvalidConfigException.class, refusal -> assertThat(refusal.code()).isEqualTo(400))
          .hasMessage("invalid object type: ex.io/v2, Kind=Widget");
    }

    @Test
    void managedFieldsMayNotBeApplied() {
      Map<String, Object> config =
          Yaml.object(
              "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: w, managedFields: []}}");

      assertThatThrownBy(
              () -> ServerSideApply.apply(null, config, manager("m"), false, WIDGET, FIRST))
          .isInstanceOfSatisfying(
              InvalidConfigException.class, refusal -> assertThat(refusal.code()).isEqualTo(400))
          .hasMessage("metadata.managedFields must be nil");
    }
  }

  @Nested
  class BuiltInKinds {
    private Map<String, Object> apply(
        @Nullable Map<String, Object> live, String name, String spec) {
      return ServerSideApply.apply(
          live, deployment(spec), new Manager(name, "apps/v1", ""), false, DEPLOYMENT, FIRST);
    }

    @Test
    void listKeysHaveDefaults() {
      Map<String, Object> applied =
          apply(
              null,
              "m",
              "{selector: {matchLabels: {a: b}}, template: {spec: {containers: [{name: c, ports: [{containerPort: 80}]}], tolerations: [{key: a}]}}}");

      assertThat(owned(applied, "m"))
          .isEqualTo(
              Yaml.object(
                  """
                  f:spec:
                    f:selector: {}
                    f:template:
                      f:spec:
                        f:containers:
                          'k:{"name":"c"}':
                            .: {}
                            f:name: {}
                            f:ports:
                              'k:{"containerPort":80,"protocol":"TCP"}': {.: {}, f:containerPort: {}}
                        f:tolerations: {}
                  """));
    }

    @Test
    void unknownFieldsAreRefusedWithTheNamespace() {
      assertThatThrownBy(() -> apply(null, "m", "{replica: 1}"))
          .hasMessage(
              "failed to create typed patch object (shop/web; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema");
    }

    @Test
    void unknownKindsAreDeduced() {
      Map<String, Object> config =
          Yaml.object("{apiVersion: x/v1, kind: X, metadata: {name: x}, a: {b: [1], c: {}}}");

      Map<String, Object> applied =
          ServerSideApply.apply(
              null,
              config,
              new Manager("m", "x/v1", ""),
              false,
              Schemas.builtIn("x", "v1", "X"),
              FIRST);

      assertThat(owned(applied, "m")).isEqualTo(Yaml.object("{f:a: {.: {}, f:b: {}, f:c: {}}}"));
    }
  }
}
