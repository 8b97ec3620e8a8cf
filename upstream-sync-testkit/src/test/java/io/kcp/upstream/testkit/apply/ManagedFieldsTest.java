package io.kcp.upstream.testkit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ManagedFieldsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Schema CONFIG_MAP = Schemas.builtIn("", "v1", "ConfigMap");

  private static Map<String, Object> configMap(String rest) {
    return Yaml.object(
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, uid: u}, %s}".formatted(rest));
  }

  private static Map<String, Object> withManagedFields(
      Map<String, Object> object, List<Object> managedFields) {
    Map<String, Object> changed = Json.copy(object);
    Json.map(changed.get("metadata")).put("managedFields", managedFields);
    return changed;
  }

  private static Map<String, Object> write(
      @Nullable Map<String, Object> live, String manager, String rest, int second) {
    return write(live, configMap(rest), manager, second);
  }

  private static Map<String, Object> write(
      @Nullable Map<String, Object> live, Map<String, Object> updated, String manager, int second) {
    return ManagedFields.afterUpdate(
        live, updated, new Manager(manager, "v1", ""), CONFIG_MAP, START.plusSeconds(second));
  }

  private static List<Object> managedFields(Map<String, Object> object) {
    return Json.list(ManagedFields.metadata(object).get("managedFields"));
  }

  private static List<Object> managers(Map<String, Object> object) {
    return managedFields(object).stream().map(entry -> Json.map(entry).get("manager")).toList();
  }

  private static @Nullable Object owned(Map<String, Object> object, String manager) {
    return managedFields(object).stream()
        .map(Json::map)
        .filter(entry -> manager.equals(entry.get("manager")))
        .map(entry -> entry.get("fieldsV1"))
        .findFirst()
        .orElse(null);
  }

  @Test
  void aCreatorOwnsAllThatItWrote() {
    Map<String, Object> created = write(null, "a", "data: {x: '1', y: '2'}", 0);

    assertThat(managedFields(created))
        .isEqualTo(
            Yaml.list(
                """
                - manager: a
                  operation: Update
                  apiVersion: v1
                  time: "2026-01-01T00:00:00Z"
                  fieldsType: FieldsV1
                  fieldsV1: {f:data: {.: {}, f:x: {}, f:y: {}}}
                """));
  }

  @Test
  void structsThatTheServerAlwaysPrintsAreNotOwnedAsSuch() {
    Map<String, Object> deployment =
        Yaml.object(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d, labels: {a: b}}
            spec:
              selector: {matchLabels: {a: b}}
              strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}
              template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, resources: {}}], volumes: [{name: v}]}}
            status: {}
            """);

    Map<String, Object> created =
        ManagedFields.afterUpdate(
            null,
            deployment,
            new Manager("m", "apps/v1", ""),
            Schemas.builtIn("apps", "v1", "Deployment"),
            START);

    assertThat(owned(created, "m"))
        .isEqualTo(
            Yaml.object(
                """
                f:metadata: {f:labels: {.: {}, f:a: {}}}
                f:spec:
                  f:selector: {}
                  f:strategy: {f:rollingUpdate: {.: {}, f:maxSurge: {}}, f:type: {}}
                  f:template:
                    f:metadata: {f:labels: {.: {}, f:a: {}}}
                    f:spec:
                      f:containers: {'k:{"name":"c"}': {.: {}, f:name: {}, f:resources: {}}}
                      f:volumes: {.: {}, 'k:{"name":"v"}': {.: {}, f:name: {}}}
                """));
  }

  @Test
  void whatAnUpdateChangesLeavesItsFormerOwners() {
    Map<String, Object> created = write(null, "a", "data: {x: '1', y: '2', z: '3'}", 0);

    Map<String, Object> updated = write(created, "b", "data: {x: '1', y: '9', n: '1'}", 1);

    assertThat(owned(updated, "a")).isEqualTo(Yaml.object("f:data: {.: {}, f:x: {}}"));
    assertThat(owned(updated, "b")).isEqualTo(Yaml.object("f:data: {f:n: {}, f:y: {}}"));
  }

  @Test
  void anUpdateThatChangesNothingOwnsNothing() {
    Map<String, Object> created = write(null, "a", "data: {x: '1'}", 0);

    Map<String, Object> updated = write(created, "b", "data: {x: '1'}", 1);

    assertThat(updated).isEqualTo(created);
  }

  @Test
  void theOwnerGoesWithItsLastField() {
    Map<String, Object> created = write(null, "a", "data: {x: '1'}", 0);

    Map<String, Object> updated = write(created, "b", "immutable: false", 1);

    assertThat(managers(updated)).containsExactly("b");
  }

  @Test
  void theSameManagerAddsToItsEntry() {
    Map<String, Object> created = write(null, "a", "data: {x: '1'}", 0);

    Map<String, Object> updated = write(created, "a", "data: {x: '2', y: '1'}", 1);

    assertThat(managedFields(updated)).hasSize(1);
    assertThat(owned(updated, "a")).isEqualTo(Yaml.object("f:data: {.: {}, f:x: {}, f:y: {}}"));
    assertThat(Json.map(managedFields(updated).get(0)))
        .containsEntry("time", "2026-01-01T00:00:01Z");
  }

  @Test
  void entriesAreSortedByOperationTimeAndName() {
    Map<String, Object> live = write(null, "c", "data: {x: '1'}", 0);
    live = write(live, "b", "data: {x: '1', y: '1'}", 2);
    live = write(live, "a", "data: {x: '1', y: '1', z: '1'}", 2);
    live =
        ServerSideApply.apply(
            live,
            configMap("data: {n: '1'}"),
            new Manager("z", "v1", ""),
            false,
            CONFIG_MAP,
            START.plusSeconds(9));

    assertThat(managers(live)).containsExactly("z", "c", "a", "b");
  }

  @Test
  void moreThanTenUpdatersBecomeAncientChanges() {
    Map<String, Object> live = write(null, "m0", "data: {k0: v}", 0);
    StringBuilder data = new StringBuilder("k0: v");
    for (int i = 1; i <= 11; i++) {
      data.append(", k").append(i).append(": v");
      live = write(live, "m" + i, "data: {" + data + "}", i);
    }

    assertThat(managers(live))
        .containsExactly("ancient-changes", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11");
    assertThat(owned(live, "ancient-changes"))
        .isEqualTo(Yaml.object("f:data: {.: {}, f:k0: {}, f:k1: {}, f:k2: {}}"));
  }

  @Nested
  class WrittenByHand {
    private final Map<String, Object> live = write(null, "a", "data: {x: '1'}", 0);

    @Test
    void oneEmptyEntryWipesAll() {
      Map<String, Object> wiped = write(live, withManagedFields(live, List.of(Map.of())), "b", 1);

      assertThat(ManagedFields.metadata(wiped)).doesNotContainKey("managedFields");
      assertThat(write(wiped, "c", "data: {x: '2'}", 2)).isEqualTo(configMap("data: {x: '2'}"));
    }

    @Test
    void noEntriesAndBrokenOnesKeepTheLiveOnes() {
      List<Object> broken =
          Yaml.list("[{manager: x, operation: Apply, apiVersion: v1, fieldsType: FieldsV2}]");
      List<Object> timeless =
          Yaml.list(
              "[{manager: x, operation: Apply, apiVersion: v1, fieldsType: FieldsV1, time: soon}]");
      List<Object> versionless =
          Yaml.list("[{manager: x, operation: Apply, fieldsType: FieldsV1}]");

      assertThat(write(live, withManagedFields(live, List.of()), "b", 1)).isEqualTo(live);
      assertThat(write(live, withManagedFields(live, broken), "b", 1)).isEqualTo(live);
      assertThat(write(live, withManagedFields(live, timeless), "b", 1)).isEqualTo(live);
      assertThat(write(live, withManagedFields(live, versionless), "b", 1)).isEqualTo(live);
    }

    @Test
    void anUpdateEntryCanBecomeAnApplyEntry() {
      Map<String, Object> entry = Json.copy(Json.map(managedFields(live).get(0)));
      entry.put("operation", "Apply");

      Map<String, Object> written = write(live, withManagedFields(live, List.of(entry)), "b", 1);

      assertThat(managedFields(written)).containsExactly(entry);
    }

    @Test
    void throughASubresourceTheyDoNotCount() {
      Map<String, Object> written =
          ManagedFields.afterUpdate(
              live,
              withManagedFields(live, List.of(Map.of())),
              new Manager("b", "v1", "status"),
              CONFIG_MAP,
              START);

      assertThat(written).isEqualTo(live);
    }

    @Test
    void onCreateTheyDoNotCount() {
      Map<String, Object> created = write(null, withManagedFields(live, List.of(Map.of())), "b", 1);

      assertThat(managers(created)).containsExactly("b");
    }
  }

  @Nested
  class Unchanged {
    private final Map<String, Object> live = write(null, "a", "data: {x: '1'}", 0);

    @Test
    void theLiveObjectIsKeptWhenOnlyTimesDiffer() {
      Map<String, Object> entry = Json.copy(Json.map(managedFields(live).get(0)));
      entry.put("time", "2026-01-01T00:09:00Z");

      assertThat(ManagedFields.liveIfUnchanged(live, withManagedFields(live, List.of(entry))))
          .isSameAs(live);
    }

    @Test
    void aChangedObjectIsTaken() {
      Map<String, Object> updated = write(live, "b", "data: {x: '2'}", 0);

      assertThat(ManagedFields.liveIfUnchanged(live, updated)).isSameAs(updated);
    }

    @Test
    void aChangedOwnerIsAChange() {
      Map<String, Object> entry = Json.copy(Json.map(managedFields(live).get(0)));
      entry.put("manager", "b");
      Map<String, Object> updated = withManagedFields(live, List.of(entry));

      assertThat(ManagedFields.liveIfUnchanged(live, updated)).isSameAs(updated);
    }
  }

  @Test
  void anObjectThatDoesNotFitItsSchemaIsNotTracked() {
    Map<String, Object> created = write(null, "a", "data: [1]", 0);

    assertThat(ManagedFields.metadata(created)).doesNotContainKey("managedFields");
  }

  @Test
  void statusIsNotTrackedOnTheMainEndpointAndSpecNotOnStatus() {
    Map<String, Object> deployment =
        Yaml.object(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {replicas: 1}, status: {replicas: 1}}");
    Schema schema = Schemas.builtIn("apps", "v1", "Deployment");
    Map<String, Object> created =
        ManagedFields.afterUpdate(null, deployment, new Manager("m", "apps/v1", ""), schema, START);
    Map<String, Object> changed =
        Yaml.object(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, labels: {a: b}, annotations: {a: b}}, spec: {replicas: 2}, status: {replicas: 2}}");

    Map<String, Object> updated =
        ManagedFields.afterUpdate(
            created, changed, new Manager("s", "apps/v1", "status"), schema, START);

    assertThat(owned(updated, "m")).isEqualTo(Yaml.object("f:spec: {f:replicas: {}}"));
    assertThat(owned(updated, "s"))
        .isEqualTo(
            Yaml.object(
                "{f:metadata: {f:annotations: {.: {}, f:a: {}}}, f:status: {f:replicas: {}}}"));
  }
}
