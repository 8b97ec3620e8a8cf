package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Digest;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrittenTest {
  private static final WorkKey KEY = new WorkKey(GroupResource.parse("pods"), "shop", "web-1");
  private static final Digest FORM = new Digest(1, 2);

  private Instant now = Instant.EPOCH;
  private final InstantSource source = () -> now;
  private final Written written = new Written(source.withZone(ZoneOffset.UTC));

  private static ObjectTree copy(String version) {
    return ObjectTree.of(Map.of("metadata", Map.of("resourceVersion", version)));
  }

  @Test
  void isAheadUntilTheMirrorShowsTheCopy() {
    written.wrote(KEY, copy("20"), FORM, "11", "0");

    assertThat(written.isAhead(KEY, "11", "0")).isTrue();
    assertThat(written.isAhead(KEY, "11", "19")).isTrue();
    assertThat(written.isAhead(KEY, "19", "20")).isFalse();
    assertThat(written.isAhead(KEY, "11", "19")).isFalse();
  }

  @Test
  void tellsWhatTheAwaitedVersionComesTo() {
    written.wrote(KEY, copy("20"), FORM, "11", "0");

    assertThat(written.form(KEY, "20")).contains(FORM);
    assertThat(written.form(KEY, "19")).isEmpty();
    assertThat(written.form(KEY, "21")).isEmpty();

    assertThat(written.isAhead(KEY, "20", "20")).isFalse();
    assertThat(written.form(KEY, "20")).isEmpty();
  }

  @Test
  void isNotAheadOfAWatchThatHasPassedIt() {
    written.wrote(KEY, copy("20"), FORM, "11", "0");

    assertThat(written.isAhead(KEY, "21", "0")).isFalse();
  }

  @Test
  void keepsNothingThatTheMirrorShowsAlready() {
    written.wrote(KEY, copy("20"), FORM, "11", "20");
    written.wrote(KEY, copy("20"), FORM, "25", "0");
    assertThat(written.size()).isZero();

    written.wrote(KEY, copy("20"), FORM, "11", "19");
    assertThat(written.size()).isOne();
    written.wrote(KEY, copy("20"), FORM, "11", "20");
    assertThat(written.size()).isZero();
  }

  @Test
  void isNotAheadForEver() {
    written.wrote(KEY, copy("20"), FORM, "11", "0");
    now = now.plus(Written.PATIENCE);

    assertThat(written.isAhead(KEY, "11", "0")).isFalse();
  }

  @Test
  void knowsNothingOfVersionsThatAreNoNumbers() {
    written.wrote(KEY, copy("x1"), FORM, "11", "0");
    assertThat(written.isAhead(KEY, "11", "0")).isFalse();

    written.wrote(KEY, copy("20"), FORM, "11", "0");
    assertThat(written.isAhead(KEY, "x", "0")).isFalse();
  }

  @Test
  void whatIsForgottenIsNotAhead() {
    written.wrote(KEY, copy("20"), FORM, "11", "0");
    written.forget(KEY);

    assertThat(written.isAhead(KEY, "11", "0")).isFalse();
    assertThat(new Written(Clock.systemUTC()).isAhead(KEY, "", "")).isFalse();
  }
}
