package io.kcp.upstream.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeTest {
  private final Map<String, Object> tree = Map.of("a", Map.of("b", "c"), "x", Map.of("y", 1L));

  @Test
  void changesACopyAndSharesTheRest() {
    Map<String, Object> changed = Tree.with(tree, "d", "a", "b");

    assertThat(Tree.string(changed, "a", "b")).isEqualTo("d");
    assertThat(Tree.string(tree, "a", "b")).isEqualTo("c");
    assertThat(changed.get("x")).isSameAs(tree.get("x"));
  }

  @Test
  void makesWhatIsMissingOnTheWay() {
    assertThat(Tree.with(Map.of(), "v", "a", "b", "c"))
        .isEqualTo(Map.of("a", Map.of("b", Map.of("c", "v"))));
  }

  @Test
  void aNullTakesTheFieldAway() {
    assertThat(Tree.with(tree, null, "a", "b"))
        .isEqualTo(Map.of("a", Map.of(), "x", Map.of("y", 1L)));
    assertThat(Tree.without(tree, "no", "such")).isSameAs(tree);
  }

  @Test
  void readsNothingFromWhatIsOfAnotherType() {
    assertThat(Tree.get(tree, "a", "b", "c")).isNull();
    assertThat(Tree.string(tree, "x", "y")).isEmpty();
    assertThat(Tree.map(tree, "x", "y")).isEmpty();
    assertThat(Tree.list(tree, "a")).isEmpty();
  }
}
