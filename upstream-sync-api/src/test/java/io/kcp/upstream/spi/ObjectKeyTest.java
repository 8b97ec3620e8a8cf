package io.kcp.upstream.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "physical:deployments.apps/shop/web",
        "upstream:nodes/n1",
        "upstream:clusterroles.rbac.authorization.k8s.io/system:node:x",
      })
  void printsWhatItReads(String text) {
    assertThat(ObjectKey.parse(text)).hasToString(text);
  }

  @Test
  void aKeyIsOfOneSide() {
    ObjectKey physical = ObjectKey.physical("deployments.apps", "shop", "web");
    ObjectKey upstream = ObjectKey.upstream("deployments.apps", "shop", "web");

    assertThat(ObjectKey.parse("physical:deployments.apps/shop/web")).isEqualTo(physical);
    assertThat(ObjectKey.parse("upstream:deployments.apps/shop/web")).isEqualTo(upstream);
    assertThat(physical).isNotEqualTo(upstream);
    assertThat(ObjectKey.physical("nodes", "", "n1").namespace()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "deployments.apps/shop/web",
        "Physical:pods/a/b",
        "other:pods/a/b",
        "physical:pods",
        "physical:pods//b",
        "physical:pods/a/b/c"
      })
  void saysWhatAKeyLooksLike(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObjectKey.parse(text))
        .withMessage(
            "not an object key: '%s': expected one such as physical:deployments.apps/shop/web or upstream:nodes/n1",
            text);
  }

  @ParameterizedTest
  @CsvSource({
    "physical:pods/Shop/web, namespace: 'Shop'",
    "physical:pods/a.b/web, namespace: 'a.b'",
    "physical:pods/shop/, name: ''",
    "physical:pods/shop/.., name: '..'",
    "physical:pods/., name: '.'",
    "physical:pods/shop/a%2Fb, name: 'a%2Fb'",
    "physical:Pods/shop/a, resource: 'Pods'",
  })
  void namesTheWrongPart(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ObjectKey.parse(text))
        .withMessageContaining(message);
  }
}
