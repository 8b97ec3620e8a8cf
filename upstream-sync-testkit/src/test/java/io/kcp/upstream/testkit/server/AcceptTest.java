package io.kcp.upstream.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

  private static Accept of(String header) {
    return Accept.of(header, offer -> offer.as().equals("Table"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''",
        "*/*|''",
        "application/json|''",
        "application/json;as=Table;v=v1;g=meta.k8s.io|Table",
        "application/json;as=Table;v=v1;g=meta.k8s.io,application/json|Table",
        "application/json;q=0.9,application/json;as=Table;v=v1;g=meta.k8s.io|Table",
        "application/json;as=Other,application/json|''",
        "application/vnd.kubernetes.protobuf,application/json|''"
      })
  void takesTheFirstFormThatThereIs(String header, String as) {
    assertThat(of(header).as()).isEqualTo(as);
  }

  @Test
  void answersInYamlWhenAsked() {
    assertThat(of("application/yaml").yaml()).isTrue();
    assertThat(of(TABLE).yaml()).isFalse();
  }

  @Test
  void refusesWhatItHasNot() {
    assertThatThrownBy(() -> of("application/vnd.kubernetes.protobuf"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("406");
  }
}
