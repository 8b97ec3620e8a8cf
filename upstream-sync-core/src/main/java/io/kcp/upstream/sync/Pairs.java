package io.kcp.upstream.sync;

import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.transform.Digest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which upstream form belongs to which desired form. The two are equal, unless a server normalised
 * what it was sent, or a field was left to somebody else. Learned from answers, and lost with the
 * process.
 */
final class Pairs {
  /**
   * @param desired digest of the desired form
   * @param upstream digest of what was upstream when nothing had to be written
   * @param watched fields that are not ours and matter nevertheless
   * @param finding what is to be said while both stay
   */
  record Pair(Digest desired, Digest upstream, FieldSet watched, Finding finding) {
    private boolean isPlain() {
      return desired.equals(upstream) && watched.isEmpty() && finding.equals(Finding.SYNCED);
    }
  }

  /** What an ordinary copy in sync leaves: one digest. */
  static Pair equal(Digest digest) {
    return new Pair(digest, digest, NONE, Finding.SYNCED);
  }

  private static final FieldSet NONE = FieldSet.of();

  /** A Digest stands for {@link #equal} of it, as there is one for nearly every object. */
  private final Map<WorkKey, Object> pairs = new ConcurrentHashMap<>();

  Optional<Pair> find(WorkKey key) {
    return Optional.ofNullable(pairs.get(key))
        .map(known -> known instanceof Digest digest ? equal(digest) : (Pair) known);
  }

  void learn(WorkKey key, Pair pair) {
    pairs.put(key, pair.isPlain() ? pair.desired() : pair);
  }

  /** Whether there was one. */
  boolean forget(WorkKey key) {
    return pairs.remove(key) != null;
  }

  void forgetFailures() {
    pairs
        .values()
        .removeIf(
            known -> known instanceof Pair pair && pair.finding().verdict() == Verdict.FAILED);
  }

  FieldSet watched(WorkKey key) {
    return find(key).map(Pair::watched).orElseGet(() -> NONE);
  }
}
