package io.kcp.upstream.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "a-b.c", "1"})
  void subdomains(String name) {
    assertThat(Names.subdomainProblem(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a_b", "-a", "a.", "a..b"})
  void noSubdomains(String name) {
    assertThat(Names.subdomainProblem(name)).isPresent();
  }

  @Test
  void lengthsAreLimited() {
    assertThat(Names.subdomainProblem("a".repeat(253))).isEmpty();
    assertThat(Names.subdomainProblem("a".repeat(254)))
        .hasValue("must be no more than 253 characters");
    assertThat(Names.labelProblem("a".repeat(64))).isPresent();
    assertThat(Names.labelValueProblem("a".repeat(64))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"app", "App_1.x", "ex.io/app"})
  void labelKeys(String key) {
    assertThat(Names.labelKeyProblem(key)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "/a", "a/", "A.io/a", "a/b/c"})
  void noLabelKeys(String key) {
    assertThat(Names.labelKeyProblem(key)).isPresent();
  }
}
