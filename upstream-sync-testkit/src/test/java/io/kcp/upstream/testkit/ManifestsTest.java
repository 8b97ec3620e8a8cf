package io.kcp.upstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestsTest {
  @Test
  void readsAllDocumentsAndLeavesEmptyOnesOut() {
    List<ObjectTree> objects =
        Manifests.objects("---\nkind: A\n---\n---\n# only a comment\n---\n{kind: B}\n");

    assertThat(objects).extracting(ObjectTree::kind).containsExactly("A", "B");
  }

  @Test
  void takesListsApart() {
    List<ObjectTree> objects =
        Manifests.objects("{kind: List, apiVersion: v1, items: [{kind: A}, {kind: B}]}");

    assertThat(objects).extracting(ObjectTree::kind).containsExactly("A", "B");
  }

  @Test
  void aListIsAnObjectWhereItHasNoItems() {
    assertThat(Manifests.objects("{kind: AllowList, spec: {}}")).hasSize(1);
  }

  @Test
  void valuesAreThoseOfJson() {
    ObjectTree object =
        Manifests.objects(
                "{date: 2026-01-02, time: 2026-01-02T03:04:05Z, n: 3, b: yes, m: {1: a}, x: null}")
            .get(0);

    assertThat(object.asMap())
        .isEqualTo(
            Map.of(
                "date",
                "2026-01-02",
                "time",
                "2026-01-02T03:04:05Z",
                "n",
                3L,
                "b",
                true,
                "m",
                Map.of("1", "a")));
  }

  @Test
  void refusesWhatIsNoObject() {
    assertThatThrownBy(() -> Manifests.objects("- a\n- b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no object");
    assertThatThrownBy(() -> Manifests.objects("a: [")).hasMessageContaining("not YAML");
    assertThatThrownBy(() -> Manifests.objects("a: 1\na: 2")).hasMessageContaining("duplicate");
  }
}
