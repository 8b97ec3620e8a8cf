package io.kcp.upstream.status;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Verdict;
import io.kcp.upstream.sync.WorkKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told, and from when on: one entry for each object and reason. When too much waits
 * the oldest is dropped. Thread-safe; guarded by itself.
 */
final class EventQueue {
  private final EventSettings.Pace pace;
  private final Clock clock;
  private final Map<Telling.Id, Telling> waiting = new LinkedHashMap<>();
  private final Cache<Telling.Id, Instant> told;
  private long dropped;

  EventQueue(EventSettings.Pace pace, Clock clock) {
    this.pace = pace;
    this.clock = clock;
    this.told =
        CacheBuilder.newBuilder()
            .maximumSize(4L * pace.waiting())
            .expireAfterWrite(pace.quiet())
            .ticker(ticker(clock))
            .build();
  }

  private static Ticker ticker(Clock clock) {
    return new Ticker() {
      @Override
      public long read() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
      }
    };
  }

  /** An object stands otherwise than before. */
  synchronized void changed(WorkKey key, @Nullable Finding before, Finding now) {
    Instant at = clock.instant();
    if (before != null && before.verdict() == Verdict.FAILED) {
      passed(new Telling.Id(key, before.reason()), at);
    }
    if (Telling.isWorthIt(now)) {
      Duration wait = now.verdict() == Verdict.FAILED ? pace.patience() : pace.settle();
      Telling.Id id = new Telling.Id(key, now.reason());
      put(new Telling(id, now, before == null, 1, at, at, at.plus(wait)));
    }
  }

  /** A failure that ended before it was told, or soon, as in a server's restart, is no news. */
  private void passed(Telling.Id id, Instant at) {
    Telling failure = waiting.get(id);
    if (failure == null) {
      return;
    }
    boolean soon = at.isBefore(failure.last().plus(pace.patience()));
    if (told.getIfPresent(id) == null || (soon && failure.count() == 1)) {
      waiting.remove(id);
    } else if (soon) {
      waiting.put(id, failure.lessOne());
    }
  }

  private void put(Telling telling) {
    waiting.merge(telling.id(), notSoonerThanQuiet(telling), Telling::and);
    Iterator<Telling> oldest = waiting.values().iterator();
    while (waiting.size() > pace.waiting()) {
      oldest.next();
      oldest.remove();
      dropped++;
    }
  }

  private Telling notSoonerThanQuiet(Telling telling) {
    Instant last = told.getIfPresent(telling.id());
    Instant free = last == null ? Instant.MIN : last.plus(pace.quiet());
    return free.isAfter(telling.due()) ? telling.dueAt(free) : telling;
  }

  /** Takes what has waited longest of what is due by then. */
  synchronized Optional<Telling> poll(Instant by) {
    Iterator<Telling> all = waiting.values().iterator();
    while (all.hasNext()) {
      Telling next = all.next();
      if (!next.due().isAfter(by)) {
        all.remove();
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  /** It could not be written; what came of the same since is added to it. */
  synchronized void putBack(Telling telling, Instant due) {
    Telling since = waiting.remove(telling.id());
    Telling all = since == null ? telling : telling.and(since);
    put(all.dueAt(due));
  }

  /** The Event says so since {@code at}. */
  synchronized void told(Telling.Id id, Instant at) {
    told.put(id, at);
    waiting.computeIfPresent(id, (same, since) -> notSoonerThanQuiet(since));
  }

  /** It is given up. */
  synchronized void drop() {
    dropped++;
  }

  synchronized long dropped() {
    return dropped;
  }
}
