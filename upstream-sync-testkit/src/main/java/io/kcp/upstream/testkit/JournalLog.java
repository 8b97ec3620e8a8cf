package io.kcp.upstream.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The last requests of one server. Guarded by {@code this}. */
final class JournalLog {
  static final int LIMIT = 100_000;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long last;

  /** One request, whose answer comes later. */
  static final class Entry {
    private final long number;
    private final Asked asked;
    private volatile int status;

    Entry(long number, Asked asked) {
      this.number = number;
      this.asked = asked;
    }

    void answered(int code) {
      status = code;
    }

    Asked asked() {
      return asked;
    }

    Journal.Request request() {
      Asked.Place place = asked.place();
      return new Journal.Request(
          number,
          asked.verb(),
          place.resource(),
          place.namespace(),
          place.name(),
          place.subresource(),
          asked.manager(),
          asked.dryRun(),
          status);
    }

    @Override
    public String toString() {
      Journal.Request request = request();
      String where = request.namespace().isEmpty() ? "" : request.namespace() + "/";
      String sub = request.subresource().isEmpty() ? "" : "/" + request.subresource();
      return "#%d %s%s %s %s%s%s by '%s'%s -> %s"
          .formatted(
              number,
              asked.workspace().isEmpty() ? "" : asked.workspace() + " ",
              request.verb(),
              request.resource(),
              where,
              request.name(),
              sub,
              request.manager(),
              request.dryRun() ? " (dry run)" : "",
              status == 0 ? "no answer" : status);
    }
  }

  synchronized Entry add(Asked asked) {
    Entry entry = new Entry(++last, asked);
    entries.add(entry);
    if (entries.size() > LIMIT) {
      entries.remove();
    }
    return entry;
  }

  synchronized long mark() {
    return last;
  }

  /** Those that the filter lets through, oldest first. */
  List<Entry> entries(Predicate<Entry> filter) {
    List<Entry> all;
    synchronized (this) {
      all = new ArrayList<>(entries);
    }
    return all.stream().filter(filter).toList();
  }
}
