package io.kcp.upstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectTextTest {
  @Test
  void isYamlWithoutManagedFields() {
    ObjectTree object =
        ObjectTree.of(
            Map.of(
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", "a", "managedFields", List.of(Map.of("manager", "m"))),
                "data",
                Map.of("k", "v")));

    assertThat(ObjectText.of(object))
        .contains("kind: ConfigMap\n", "  name: a\n", "  k: v\n")
        .doesNotContain("manager");
  }

  @Test
  void hasNoValueOfASecret() {
    ObjectTree secret =
        Manifests.objects(
                """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: s
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: '{"data":{"k":"aGlkZGVu"}}'
                data: {k: aGlkZGVu}
                stringData: {l: hidden}
                """)
            .get(0);

    assertThat(ObjectText.of(secret))
        .contains("name: s", "k: (not shown)")
        .doesNotContain("aGlkZGVu", "hidden");
  }
}
