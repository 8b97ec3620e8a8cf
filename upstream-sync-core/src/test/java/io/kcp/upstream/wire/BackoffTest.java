package io.kcp.upstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void neverPassesTheLongestWaitHoweverManyFailures() {
    Backoff backoff = new Backoff(SECOND, Duration.ofMinutes(1), 0);

    assertThat(IntStream.of(7, 64, 65, 1000, Integer.MAX_VALUE).mapToObj(backoff::after))
        .containsOnly(Duration.ofMinutes(1));
    assertThat(backoff.after(0)).isEqualTo(SECOND);
  }

  @Test
  void spreadsWaitsWithinTheShareOfJitter() {
    Backoff backoff = new Backoff(SECOND, SECOND, 0.5);

    assertThat(IntStream.range(1, 200).mapToObj(backoff::after).distinct().count())
        .isGreaterThan(100);
    assertThat(IntStream.range(1, 200).mapToObj(backoff::after))
        .allMatch(wait -> wait.toMillis() >= 500 && wait.compareTo(SECOND) <= 0);
  }

  @Test
  void aSlowerOneKeepsTheLongestWait() {
    Backoff backoff = new Backoff(SECOND, Duration.ofMinutes(1), 0);

    assertThat(backoff.slower(25).after(1)).isEqualTo(Duration.ofSeconds(25));
    assertThat(backoff.slower(100).after(1)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void valuesThatCannotWorkAreRefusedByName() {
    assertThatThrownBy(() -> new Backoff(SECOND, Duration.ofMillis(1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("initial is PT1S and max is PT0.001S");
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, SECOND, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(SECOND, SECOND, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jitter is 1.5");
  }
}
