package io.kcp.upstream.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.transform.NamespaceLocators.Moved;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceLocatorsTest {
  private final NamespaceLocators locators =
      new NamespaceLocators(
          new NamespaceLocator.Owner(Set.of("2vuw", "root:shop"), "edge-1", "uid-1"));

  private static String locator(String cluster, String namespace) {
    return """
    {"syncTarget":{"cluster":"2vuw","name":"edge-1","uid":"uid-1"},"cluster":"%s","namespace":"%s"}
    """
        .formatted(cluster, namespace);
  }

  @Test
  void theAnnotationSaysWhereANamespaceBelongs() {
    assertThat(locators.put("kcp-x1", locator("2vuw", "web")).upstream()).containsExactly("web");

    assertThat(locators.toUpstream("kcp-x1")).contains("web");
    assertThat(locators.toPhysical("web")).contains("kcp-x1");
    assertThat(locators.put("kcp-x1", locator("root:shop", "web"))).isEqualTo(Moved.NOTHING);
  }

  @Test
  void theOlderShapeIsReadToo() {
    locators.put(
        "kcp-x1",
        """
        {"syncTarget":{"path":"root:shop","name":"edge-1","uid":"uid-1"},"workspace":"root:shop","namespace":"web"}
        """);

    assertThat(locators.toUpstream("kcp-x1")).contains("web");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "web | LocatorUnreadable",
        "[] | LocatorUnreadable",
        "{\"cluster\":\"2vuw\"} | LocatorUnreadable",
        "{\"cluster\":\"2vuw\",\"namespace\":7} | LocatorUnreadable",
        "{\"cluster\":\"2vuw\",\"namespace\":\"web\"} | LocatorOfAnother",
        "{\"syncTarget\":{\"uid\":\"uid-2\"},\"cluster\":\"2vuw\",\"namespace\":\"web\"} |"
            + " LocatorOfAnother",
        "{\"syncTarget\":{\"uid\":\"uid-1\",\"name\":\"x\"},\"cluster\":\"2vuw\",\"namespace\":\"web\"}"
            + " | LocatorOfAnother",
        "{\"syncTarget\":{\"uid\":\"uid-1\",\"path\":\"root:x\"},\"cluster\":\"2vuw\",\"namespace\":\"web\"}"
            + " | LocatorOfAnother",
        "{\"syncTarget\":{\"uid\":\"uid-1\"},\"cluster\":\"other\",\"namespace\":\"web\"} |"
            + " LocatorOfAnother",
        "{\"syncTarget\":{\"uid\":\"uid-1\"},\"namespace\":\"web\"} | LocatorOfAnother"
      })
  void whatIsNotOursHasNoPlaceAndAReason(String locator, String reason) {
    assertThat(locators.put("kcp-x1", locator)).isEqualTo(Moved.NOTHING);

    assertThat(locators.toUpstream("kcp-x1")).isEmpty();
    assertThat(locators.whyNot("kcp-x1").reason()).isEqualTo(reason);
    assertThat(locators.whyNot("kcp-x1").kind()).isEqualTo(Unplaced.Kind.NOT_SELECTED);
  }

  @Test
  void aNamespaceWithoutLocatorHasNoPlace() {
    assertThat(locators.whyNot("plain").kind()).isEqualTo(Unplaced.Kind.UNKNOWN);
    locators.put("plain", null);

    assertThat(locators.toUpstream("plain")).isEmpty();
    assertThat(locators.whyNot("plain").reason()).isEqualTo("LocatorMissing");
  }

  @Test
  void clusterScopedObjectsNeedNone() {
    assertThat(locators.toUpstream("")).contains("");
    assertThat(locators.toPhysical("")).contains("");
  }

  @Test
  void aChangedLocatorMovesTheNamespaceAndNamesBothPlaces() {
    locators.put("kcp-x1", locator("2vuw", "web"));

    assertThat(locators.put("kcp-x1", locator("2vuw", "shop")).upstream())
        .containsExactlyInAnyOrder("shop", "web");

    assertThat(locators.toUpstream("kcp-x1")).contains("shop");
    assertThat(locators.toPhysical("web")).isEmpty();
  }

  @Test
  void ofTwoThatNameOnePlaceNeitherHasIt() {
    locators.put("kcp-b", locator("2vuw", "web"));
    assertThat(locators.put("kcp-a", locator("2vuw", "web")).physical())
        .containsExactlyInAnyOrder("kcp-a", "kcp-b");

    assertThat(locators.toUpstream("kcp-a")).isEmpty();
    assertThat(locators.toUpstream("kcp-b")).isEmpty();
    locators.complete();
    assertThat(locators.toPhysical("web")).isEmpty();
    assertThat(locators.whyNot("kcp-a").reason()).isEqualTo("NamespaceCollision");
    assertThat(locators.whyNot("kcp-a").message()).contains("kcp-a, kcp-b");

    locators.put("kcp-a", null);

    assertThat(locators.toUpstream("kcp-b")).contains("web");
  }

  @Test
  void aPlaceThatNobodyNamesIsAStraysOnceAllAreKnown() {
    assertThat(locators.toPhysical("web")).isEmpty();

    locators.complete();

    String stray = locators.toPhysical("web").orElseThrow();
    assertThat(NamespaceMapping.isStray(stray)).isTrue();
    assertThat(locators.toUpstream(stray)).contains("web");
    locators.put("kcp-x1", locator("2vuw", "web"));
    assertThat(locators.toUpstream(stray)).isEmpty();
  }

  @Test
  void aNamespaceThatIsGoneKeepsItsPlaceUntilAnotherTakesIt() {
    locators.complete();
    locators.put("kcp-x1", locator("2vuw", "web"));
    locators.gone("kcp-x1");
    assertThat(locators.toPhysical("web")).contains("kcp-x1");

    locators.put("kcp-x2", locator("2vuw", "web"));

    assertThat(locators.toPhysical("web")).contains("kcp-x2");
    assertThat(locators.toUpstream("kcp-x1")).isEmpty();
  }
}
