package io.kcp.upstream.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetKeyTest {
  @Test
  void isTheKeyThatKcpsOwnSyncerUsed() {
    assertThat(TargetKey.of("root:shop", "edge-1").value())
        .isEqualTo("7kIaSNbzw9DUwbJLXOThOQSQFd53ZDiNBuPMJ6");
  }

  @Test
  void makesAValidLabel() {
    String name = TargetKey.of("2vuw7z1hx4m5wq8c", "edge-1").label();

    assertThat(name).matches("state\\.workload\\.kcp\\.io/[0-9a-zA-Z]{1,63}");
  }

  @Test
  void differsByClusterAndByName() {
    assertThat(TargetKey.of("a", "b"))
        .isNotEqualTo(TargetKey.of("a", "c"))
        .isNotEqualTo(TargetKey.of("c", "b"))
        .isEqualTo(TargetKey.of("a", "b"));
  }
}
