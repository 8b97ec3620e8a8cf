package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.wire.Backoff;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyBackoffTest {
  private static final WorkKey KEY = new WorkKey(new GroupResource("", "pods"), "shop", "web");
  private static final WorkKey OTHER = new WorkKey(new GroupResource("", "pods"), "shop", "db");

  private final KeyBackoff limiter =
      new KeyBackoff(new Backoff(Duration.ofMillis(5), Duration.ofSeconds(1000), 0));

  @Test
  void waitsDoubleUpToTheLongestAndStayThere() {
    assertThat(limiter.when(KEY)).isEqualTo(Duration.ofMillis(5));
    assertThat(limiter.when(KEY)).isEqualTo(Duration.ofMillis(10));
    for (int failure = 3; failure < 200; failure++) {
      limiter.when(KEY);
    }

    assertThat(limiter.when(KEY)).isEqualTo(Duration.ofSeconds(1000));
  }

  @Test
  void keysAreCountedApartUntilForgotten() {
    limiter.when(KEY);
    limiter.when(KEY);

    assertThat(limiter.when(OTHER)).isEqualTo(Duration.ofMillis(5));
    assertThat(limiter.numRequeues(KEY)).isEqualTo(2);
    limiter.forget(KEY);
    assertThat(limiter.numRequeues(KEY)).isZero();
    assertThat(limiter.when(KEY)).isEqualTo(Duration.ofMillis(5));
  }
}
