package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.JournalLog.Entry;
import java.util.List;
import java.util.function.Predicate;

/** Some of the requests of a log. */
final class JournalView implements Journal {
  private final JournalLog log;
  private final Predicate<Entry> filter;

  private JournalView(JournalLog log, Predicate<Entry> filter) {
    this.log = log;
    this.filter = filter;
  }

  /**
   * @param workspace "" for all of a server
   */
  static JournalView of(JournalLog log, String workspace) {
    return new JournalView(
        log, entry -> workspace.isEmpty() || entry.asked().workspace().equals(workspace));
  }

  private JournalView and(Predicate<Entry> other) {
    return new JournalView(log, filter.and(other));
  }

  @Override
  public Journal writes() {
    return and(entry -> entry.asked().verb().writes());
  }

  @Override
  public Journal of(Verb verb, String resource) {
    Predicate<Asked> matching = ResourcePattern.parse(resource);
    return and(entry -> entry.asked().verb() == verb && matching.test(entry.asked()));
  }

  @Override
  public Journal since(long mark) {
    return and(entry -> entry.request().number() > mark);
  }

  @Override
  public long mark() {
    return log.mark();
  }

  @Override
  public List<Request> requests() {
    return log.entries(filter).stream().map(Entry::request).toList();
  }

  /** The last so many, as lines of a failure's message. */
  String last(int count) {
    List<Entry> all = log.entries(filter);
    List<Entry> shown = all.subList(Math.max(0, all.size() - count), all.size());
    String lines = String.join("\n  ", shown.stream().map(Entry::toString).toList());
    return shown.isEmpty() ? "no requests so far" : "the last requests:\n  " + lines;
  }
}
