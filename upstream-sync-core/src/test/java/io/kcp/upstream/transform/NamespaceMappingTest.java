package io.kcp.upstream.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamespaceMappingTest {
  @Test
  void sameKeepsEveryName() {
    assertThat(NamespaceMapping.same().toUpstream("shop")).contains("shop");
    assertThat(NamespaceMapping.same().toPhysical("shop")).contains("shop");
  }

  @Test
  void prefixIsPutBeforeTheNameAndTakenAway() {
    NamespaceMapping mapping = NamespaceMapping.prefix("edge-");

    assertThat(mapping.toUpstream("shop")).contains("edge-shop");
    assertThat(mapping.toPhysical("edge-shop")).contains("shop");
  }

  @Test
  void clusterScopedObjectsHaveNoPrefix() {
    assertThat(NamespaceMapping.prefix("edge-").toUpstream("")).contains("");
    assertThat(NamespaceMapping.prefix("edge-").toPhysical("")).contains("");
  }

  @Test
  void nothingIsPulledIntoANamespaceWithoutThePrefix() {
    NamespaceMapping mapping = NamespaceMapping.prefix("edge-");

    assertThat(mapping.toPhysical("shop")).isEmpty();
    assertThat(mapping.toPhysical("edge-")).isEmpty();
  }

  @Test
  void aNameThatGetsTooLongHasNoPlace() {
    NamespaceMapping mapping = NamespaceMapping.prefix("edge-");

    assertThat(mapping.toUpstream("n".repeat(58))).contains("edge-" + "n".repeat(58));
    assertThat(mapping.toUpstream("n".repeat(59))).isEmpty();
  }
}
