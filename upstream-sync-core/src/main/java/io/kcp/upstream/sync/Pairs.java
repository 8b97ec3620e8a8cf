package io.kcp.upstream.sync;

import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.transform.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which upstream form belongs to which desired form. The two are equal, unless a server normalised
 * what it was sent, or a field was left to somebody else. Learned from answers, and lost with the
 * process. Safe for any thread.
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

  // Both guarded by this.
  /** The digest of what is {@link #equal}, as nearly every object is. */
  private final KeyTable plain = new KeyTable(2);

  private final Map<WorkKey, Pair> others = new HashMap<>();

  synchronized Optional<Pair> find(WorkKey key) {
    Pair other = others.get(key);
    return other != null
        ? Optional.of(other)
        : plain.get(key).map(digest -> equal(new Digest(digest[0], digest[1])));
  }

  synchronized void learn(WorkKey key, Pair pair) {
    if (pair.isPlain()) {
      others.remove(key);
      plain.put(key, pair.desired().high(), pair.desired().low());
    } else {
      plain.remove(key);
      others.put(key, pair);
    }
  }

  /** Whether there was one. */
  synchronized boolean forget(WorkKey key) {
    return others.remove(key) != null || plain.remove(key); // it never is in both
  }

  synchronized void forgetFailures() {
    others.values().removeIf(pair -> pair.finding().verdict() == Verdict.FAILED);
  }

  FieldSet watched(WorkKey key) {
    return find(key).map(Pair::watched).orElseGet(() -> NONE);
  }
}
