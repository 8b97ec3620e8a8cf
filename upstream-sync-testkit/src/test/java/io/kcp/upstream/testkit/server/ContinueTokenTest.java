package io.kcp.upstream.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContinueTokenTest {
  private static final Scope ALL = new Scope("", "");

  private static ObjectKey key(String namespace, String name) {
    return new ObjectKey("", namespace, name);
  }

  @Test
  void survivesItsText() {
    ContinueToken token = ContinueToken.after(7, ALL, key("a", "b"));

    assertThat(ContinueToken.decode(token.encode())).isEqualTo(token);
  }

  @Test
  void liesBetweenTheLastObjectAndTheNext() {
    ContinueToken token = ContinueToken.after(7, ALL, key("a", "b"));

    assertThat(token.isBefore(ALL, key("a", "b"))).isFalse();
    assertThat(token.isBefore(ALL, key("a", "b0"))).isTrue();
    assertThat(token.isBefore(ALL, key("b", "a"))).isTrue();
    assertThat(token.isBefore(ALL, key("a", "a"))).isFalse();
  }

  @Test
  void refusesWhatIsNone() {
    assertThatThrownBy(() -> ContinueToken.decode("nonsense"))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("invalid continue token");
  }
}
