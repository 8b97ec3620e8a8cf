package io.kcp.upstream.sync;

import com.google.common.primitives.Longs;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which versions our own writes made that the mirror has not shown yet. What it shows meanwhile is
 * our own past, and no reason to read anything live. Holds no more than what is under way; safe for
 * any thread.
 */
final class Written {
  /** A server that answers a write and does not tell of it in this time is asked again. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private record Expected(long version, Digest form, Instant until) {}

  private final Map<WorkKey, Expected> expected = new ConcurrentHashMap<>();
  private final Clock clock;

  Written(Clock clock) {
    this.clock = clock;
  }

  /**
   * The copy as the server holds it after a write, or after a look that led to none: then the
   * mirror shows it already, and no event is to come.
   *
   * @param form what it comes to
   * @param watched see {@link #isAhead}
   * @param entry see {@link #isAhead}
   */
  void wrote(WorkKey key, ObjectTree live, Digest form, String watched, String entry) {
    Long version = Longs.tryParse(Mark.version(live));
    if (version == null) {
      return;
    }
    Expected ours = new Expected(version, form, clock.instant().plus(PATIENCE));
    if (reached(ours, watched) || reached(ours, entry)) {
      expected.remove(key);
    } else {
      expected.put(key, ours);
    }
  }

  /**
   * Whether the mirror has yet to show what was written; once it did, no more.
   *
   * @param watched how far the mirror's watch came: more than the entry it says of a copy that is
   *     gone again
   * @param entry the version that the mirror has of the copy; "0" for none
   */
  boolean isAhead(WorkKey key, String watched, String entry) {
    Expected ours = expected.get(key);
    if (ours == null) {
      return false;
    }
    boolean ahead =
        !reached(ours, watched) && !reached(ours, entry) && clock.instant().isBefore(ours.until());
    if (!ahead) {
      expected.remove(key, ours);
    }
    return ahead;
  }

  /** What the copy comes to at this version, if that is the one that we are waiting for. */
  Optional<Digest> form(WorkKey key, String version) {
    return Optional.ofNullable(expected.get(key))
        .filter(ours -> Long.toString(ours.version()).equals(version))
        .map(Expected::form);
  }

  private static boolean reached(Expected ours, String version) {
    Long number = Longs.tryParse(version);
    return number == null || number >= ours.version();
  }

  void forget(WorkKey key) {
    expected.remove(key);
  }

  int size() {
    return expected.size();
  }
}
