package io.kcp.upstream.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupResourceTest {
  @ParameterizedTest
  @ValueSource(strings = {"configmaps", "deployments.apps", "a-1.x-2.example.com"})
  void printsWhatItReads(String text) {
    assertThat(GroupResource.parse(text)).hasToString(text);
  }

  @Test
  void theGroupBeginsAfterTheFirstDot() {
    assertThat(GroupResource.parse("roles.rbac.authorization.k8s.io"))
        .isEqualTo(new GroupResource("rbac.authorization.k8s.io", "roles"));
    assertThat(GroupResource.parse("pods")).isEqualTo(new GroupResource("", "pods"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', resource: ''",
    "Pods, resource: 'Pods'",
    "pods/status, resource: 'pods/status'",
    "-pods, resource: '-pods'",
    "pods-, resource: 'pods-'",
    "pods., not a resource: 'pods.'",
    "deployments..apps, group: '.apps'",
    "deployments.Apps, group: 'Apps'",
    "deployments.apps., group: 'apps.'",
    "deployments.*, group: '*'",
  })
  void namesTheWrongPart(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GroupResource.parse(text))
        .withMessageContaining(message)
        .withMessageContaining("such as");
  }

  @Test
  void labelsHaveAtMost63CharactersAndGroups253() {
    String label = "a".repeat(63);
    String group = String.join(".", label, label, label, "a".repeat(61));

    assertThat(new GroupResource(group, label).group()).hasSize(253);
    assertThatIllegalArgumentException().isThrownBy(() -> new GroupResource("", label + "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> new GroupResource(group + "a", "pods"));
  }
}
