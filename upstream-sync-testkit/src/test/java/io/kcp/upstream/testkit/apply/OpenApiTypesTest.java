package io.kcp.upstream.testkit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiTypesTest {
  private static final String CONTAINER = "io.k8s.api.core.v1.Container";

  private final Map<String, Object> schemas = new LinkedHashMap<>();
  private final OpenApiTypes types = new OpenApiTypes(schemas);

  @SuppressWarnings("unchecked")
  private Map<String, Object> field(String schema, String name) {
    Map<String, Object> properties =
        (Map<String, Object>) ((Map<String, Object>) schemas.get(schema)).get("properties");
    return (Map<String, Object>) properties.get(name);
  }

  @Test
  void addsAKindAndAllThatItUses() {
    String name = types.add("apps", "v1", "Deployment");

    assertThat(name).isEqualTo("io.k8s.api.apps.v1.Deployment");
    assertThat(schemas).containsKeys(name, CONTAINER, types.addObjectMeta());
  }

  @Test
  void saysHowListsMerge() {
    types.add("", "v1", "Pod");

    assertThat(field(CONTAINER, "ports"))
        .containsEntry("x-kubernetes-list-type", "map")
        .containsEntry("x-kubernetes-list-map-keys", List.of("containerPort", "protocol"))
        .containsEntry("x-kubernetes-patch-merge-key", "containerPort");
    assertThat(field(CONTAINER, "args")).containsEntry("x-kubernetes-list-type", "atomic");
    assertThat(field("io.k8s.api.core.v1.ContainerPort", "protocol"))
        .containsEntry("default", "TCP");
  }

  @Test
  void typesMayContainThemselves() {
    String name = types.add("apiextensions.k8s.io", "v1", "CustomResourceDefinition");

    assertThat(name).isNotNull();
    assertThat(field("io.k8s.api.apiextensions.v1.JSONSchemaProps", "not").toString())
        .contains("JSONSchemaProps");
  }

  @Test
  void doesNotKnowCustomKinds() {
    assertThat(types.add("ex.io", "v1", "Widget")).isNull();
    assertThat(schemas).isEmpty();
  }
}
