package io.kcp.upstream.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
  private static final Map<String, Object> LABELS = Map.of("app", "web", "size", "3", "e", "");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "app=web",
        "app==web",
        "app!=db",
        "none!=db",
        "app in (web, db)",
        "none notin (web)",
        "app",
        "!none",
        "size>2",
        "size<4",
        "e=",
        "app=web,size=3",
        " app = web , ! none "
      })
  void matches(String selector) {
    assertThat(LabelSelector.parse(selector).matches(LABELS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app=db",
        "app!=web",
        "app in (db)",
        "app notin (web)",
        "!app",
        "none",
        "size>3",
        "app>1"
      })
  void doesNotMatch(String selector) {
    assertThat(LabelSelector.parse(selector).matches(LABELS)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b c|unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
        "a in (|unable to parse requirement: found '', expected: ',', ')' or identifier",
        "!!|unable to parse requirement: found '!', expected: identifier",
        "a,,b|found ',', expected: identifier after ','"
      })
  void refuses(String selector, String message) {
    assertThatThrownBy(() -> LabelSelector.parse(selector))
        .isInstanceOf(ApiException.class)
        .hasMessage(message);
  }
}
