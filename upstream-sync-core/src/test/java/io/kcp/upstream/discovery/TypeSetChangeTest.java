package io.kcp.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TypeSetChangeTest {
  private static final MergeSchema SCHEMA =
      new SchemaNode(SchemaShape.untyped(), new SchemaScope(Map.of()));

  private static SyncedType type(String plural, String version, MergeSchema schema, String... sub) {
    ResourceType type =
        new ResourceType(
            GroupResource.parse(plural), version, "Thing", true, Set.of("list"), Set.of(sub));
    return new SyncedType(type, type, schema);
  }

  private static TypeSet types(SyncedType... types) {
    return new TypeSet(
        Arrays.stream(types).collect(Collectors.toMap(SyncedType::resource, Function.identity())),
        Map.of());
  }

  @Test
  void nothingDiffersBetweenEqualSets() {
    TypeSet types = types(type("a", "v1", SCHEMA, "status"));

    assertThat(TypeSetChange.between(types, types(type("a", "v1", SCHEMA, "status"))).isEmpty())
        .isTrue();
  }

  @Test
  void tellsWhatComesGoesAndChanges() {
    TypeSet before =
        types(
            type("stays", "v1", SCHEMA),
            type("goes", "v1", SCHEMA),
            type("version", "v1", SCHEMA),
            type("schema", "v1", SCHEMA),
            type("status", "v1", SCHEMA));
    TypeSet after =
        types(
            type("stays", "v1", SCHEMA),
            type("comes", "v1", SCHEMA),
            type("version", "v2", MergeSchema.deduced()),
            type("schema", "v1", MergeSchema.deduced()),
            type("status", "v1", SCHEMA, "status"));

    TypeSetChange change = TypeSetChange.between(before, after);

    assertThat(change.isEmpty()).isFalse();
    assertThat(change.added()).containsExactly(GroupResource.parse("comes"));
    assertThat(change.removed()).containsExactly(GroupResource.parse("goes"));
    assertThat(change.replaced()).containsExactly(GroupResource.parse("version"));
    assertThat(change.reshaped())
        .containsExactlyInAnyOrder(GroupResource.parse("schema"), GroupResource.parse("status"));
  }

  @Test
  void anotherScopeOrKindIsAnotherType() {
    SyncedType before = type("a", "v1", SCHEMA);
    ResourceType cluster =
        new ResourceType(before.resource(), "v1", "Thing", false, Set.of("list"), Set.of());
    ResourceType kind =
        new ResourceType(before.resource(), "v1", "Other", true, Set.of("list"), Set.of());

    assertThat(
            TypeSetChange.between(types(before), types(new SyncedType(cluster, cluster, SCHEMA)))
                .replaced())
        .containsExactly(before.resource());
    assertThat(
            TypeSetChange.between(types(before), types(new SyncedType(kind, kind, SCHEMA)))
                .replaced())
        .containsExactly(before.resource());
  }
}
