package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.JournalLog.Entry;
import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpBackend;
import io.kcp.upstream.testkit.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All that clients and tests ask of one server: each request of a client is journaled, may meet a
 * fault, and then reaches the server; a test's own act goes straight to it.
 */
final class Traffic {
  private final JournalLog journal = new JournalLog();
  private final FaultRules faults = new FaultRules();
  private final StatusWrites statusWrites;
  private final Set<Entry> openWatches = ConcurrentHashMap.newKeySet();
  private final List<Entry> refusedWrites = new CopyOnWriteArrayList<>();

  Traffic(HttpBackend server) {
    this.statusWrites = new StatusWrites(server);
  }

  /** A way in; closing it closes nothing. */
  @FunctionalInterface
  private interface Door extends HttpBackend {
    @Override
    default void close() {}
  }

  /** For clients under test. */
  HttpBackend clients() {
    Door door = (request, answer) -> fromClient(request, answer, false);
    return door;
  }

  /** For clients under test that must not write. */
  HttpBackend readers() {
    Door door = (request, answer) -> fromClient(request, answer, true);
    return door;
  }

  /** For what a test does itself. */
  HttpBackend acts() {
    Door door = (request, answer) -> statusWrites.pass(request, Asked.by(request), answer);
    return door;
  }

  private void fromClient(HttpRequest request, HttpAnswer answer, boolean readOnly) {
    Asked asked = Asked.by(request);
    Entry entry = journal.add(asked);
    HttpAnswer noted = new NotedAnswer(entry, openWatches, answer);
    if (readOnly && !request.method().equals("GET")) {
      refusedWrites.add(entry);
      byte[] body =
          JsonText.bytes(StatusText.of(403, "this client may only read: " + request.method()));
      noted.send(403, StatusText.JSON, body);
      return;
    }
    faults.pass(request, asked, noted, onward -> statusWrites.pass(request, asked, onward));
  }

  JournalLog journal() {
    return journal;
  }

  FaultRules faults() {
    return faults;
  }

  /** Watches that clients have open now. */
  List<String> openWatches() {
    return openWatches.stream().map(Entry::toString).sorted().toList();
  }

  /** What clients did that they must never do, each thing as a sentence; forgotten afterwards. */
  List<String> takeMisdeeds() {
    List<String> misdeeds = new ArrayList<>();
    refusedWrites.forEach(entry -> misdeeds.add("a read-only client tried to write: " + entry));
    misdeeds.addAll(statusWrites.takeMisdeeds());
    refusedWrites.clear();
    return misdeeds;
  }
}
