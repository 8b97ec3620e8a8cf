package com.example.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.Transformer;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ServiceFilesTest {
  @Test
  void bothPluginsAreFound() {
    assertThat(ServiceLoader.load(ConflictStrategy.class))
        .hasOnlyElementsOfTypes(HighestWins.class)
        .hasSize(1);
    assertThat(ServiceLoader.load(Transformer.class))
        .hasOnlyElementsOfTypes(PublicImages.class)
        .hasSize(1);
  }
}
