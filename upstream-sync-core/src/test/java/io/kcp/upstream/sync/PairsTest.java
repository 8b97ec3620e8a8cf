package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.transform.Digest;
import org.junit.jupiter.api.Test;

class PairsTest {
  private static final WorkKey KEY =
      new WorkKey(GroupResource.parse("configmaps"), "shop", "settings");
  private static final Digest DIGEST = new Digest(1, 2);

  private final Pairs pairs = new Pairs();

  @Test
  void givesBackWhatWasLearnedLast() {
    Pairs.Pair normalised = new Pairs.Pair(DIGEST, new Digest(3, 4), FieldSet.of(), Finding.SYNCED);
    Pairs.Pair yielded =
        new Pairs.Pair(DIGEST, DIGEST, FieldSet.of(FieldPath.of("data", "mode")), Finding.SYNCED);
    Pairs.Pair failed =
        new Pairs.Pair(DIGEST, DIGEST, FieldSet.of(), Finding.failed("Invalid", "spec.x"));

    for (Pairs.Pair each :
        new Pairs.Pair[] {
          normalised, Pairs.equal(DIGEST), yielded, Pairs.equal(new Digest(5, 6)), failed
        }) {
      pairs.learn(KEY, each);
      assertThat(pairs.find(KEY)).contains(each);
      assertThat(pairs.watched(KEY)).isEqualTo(each.watched());
    }
  }

  @Test
  void isForgottenOnceAndForAll() {
    Pairs.Pair failed =
        new Pairs.Pair(DIGEST, DIGEST, FieldSet.of(), Finding.failed("Invalid", "spec.x"));
    pairs.learn(KEY, failed);
    pairs.learn(KEY, Pairs.equal(DIGEST));
    assertThat(pairs.forget(KEY)).isTrue();
    assertThat(pairs.find(KEY)).isEmpty();
    assertThat(pairs.forget(KEY)).isFalse();

    pairs.learn(KEY, Pairs.equal(DIGEST));
    pairs.learn(KEY, failed);
    assertThat(pairs.forget(KEY)).isTrue();
    assertThat(pairs.find(KEY)).isEmpty();
  }

  @Test
  void anotherSpecTriesAgainWhatFailed() {
    WorkKey well = new WorkKey(KEY.resource(), "shop", "well");
    pairs.learn(KEY, Pairs.equal(DIGEST));
    pairs.learn(
        KEY, new Pairs.Pair(DIGEST, DIGEST, FieldSet.of(), Finding.failed("Invalid", "spec.x")));
    pairs.learn(well, Pairs.equal(DIGEST));

    pairs.forgetFailures();

    assertThat(pairs.find(KEY)).isEmpty();
    assertThat(pairs.find(well)).contains(Pairs.equal(DIGEST));
  }
}
