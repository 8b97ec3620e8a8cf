package io.kcp.upstream.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
  @Test
  void stableVersionsComeFirstAndNewerOnesBeforeOlder() {
    assertThat(
            List.of("foo1", "v1alpha1", "v1", "v11beta2", "v10beta3", "v2", "v12alpha1", "v10")
                .stream()
                .sorted(VersionOrder::compare))
        .containsExactly(
            "v10", "v2", "v1", "v11beta2", "v10beta3", "v12alpha1", "v1alpha1", "foo1");
  }
}
