package io.kcp.upstream.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class NamespaceLocatorsTest {
  private final NamespaceLocators locators = new NamespaceLocators(Set.of("2vuw", "root:shop"));

  private static String locator(String cluster, String namespace) {
    return "{\"syncTarget\":{\"name\":\"edge-1\"},\"cluster\":\"%s\",\"namespace\":\"%s\"}"
        .formatted(cluster, namespace);
  }

  @Test
  void theAnnotationSaysWhereANamespaceBelongs() {
    boolean moved = locators.put("kcp-x1", locator("2vuw", "web"));

    assertThat(moved).isTrue();
    assertThat(locators.toUpstream("kcp-x1")).contains("web");
    assertThat(locators.toPhysical("web")).contains("kcp-x1");
  }

  @Test
  void aNamespaceWithoutLocatorHasNoPlace() {
    assertThat(locators.put("plain", null)).isFalse();
    assertThat(locators.toUpstream("plain")).isEmpty();
    assertThat(locators.toPhysical("web")).isEmpty();
  }

  @Test
  void aNamespaceOfAnotherWorkspaceHasNoPlaceHere() {
    locators.put("kcp-x1", locator("other", "web"));

    assertThat(locators.toUpstream("kcp-x1")).isEmpty();
  }

  @Test
  void clusterScopedObjectsNeedNone() {
    assertThat(locators.toUpstream("")).contains("");
    assertThat(locators.toPhysical("")).contains("");
  }

  @Test
  void aChangedLocatorMovesTheNamespaceAndSaysSo() {
    locators.put("kcp-x1", locator("2vuw", "web"));

    assertThat(locators.put("kcp-x1", locator("root:shop", "web"))).isFalse();
    assertThat(locators.put("kcp-x1", locator("2vuw", "shop"))).isTrue();
    assertThat(locators.toUpstream("kcp-x1")).contains("shop");
    assertThat(locators.toPhysical("web")).isEmpty();
    assertThat(locators.put("kcp-x1", null)).isTrue();
    assertThat(locators.toPhysical("shop")).isEmpty();
  }

  @Test
  void ofTwoThatNameOnePlaceTheFirstByNameHasIt() {
    locators.put("kcp-b", locator("2vuw", "web"));
    locators.put("kcp-a", locator("2vuw", "web"));

    assertThat(locators.toUpstream("kcp-a")).contains("web");
    assertThat(locators.toUpstream("kcp-b")).isEmpty();

    locators.put("kcp-a", null);

    assertThat(locators.toUpstream("kcp-b")).contains("web");
  }

  @Test
  void whatIsNoLocatorIsToldApart() {
    assertThat(NamespaceLocators.isReadable(locator("2vuw", "web"))).isTrue();
    assertThat(NamespaceLocators.isReadable("{\"cluster\":\"2vuw\"}")).isFalse();
    assertThat(NamespaceLocators.isReadable("web")).isFalse();
    assertThat(locators.put("kcp-x1", "web")).isFalse();
  }
}
