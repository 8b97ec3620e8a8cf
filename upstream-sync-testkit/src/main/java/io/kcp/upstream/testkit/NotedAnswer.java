package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.JournalLog.Entry;
import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpStream;
import java.util.Map;
import java.util.Set;

/** An answer whose status goes into the journal, and which is known as a watch while it is open. */
record NotedAnswer(Entry entry, Set<Entry> openWatches, HttpAnswer client) implements HttpAnswer {
  @Override
  public void send(int status, Map<String, String> headers, byte[] body) {
    entry.answered(status);
    client.send(status, headers, body);
  }

  @Override
  public HttpStream stream(int status, Map<String, String> headers) {
    entry.answered(status);
    if (entry.asked().verb() == Verb.WATCH) {
      openWatches.add(entry);
    }
    HttpStream stream = client.stream(status, headers);
    stream.onOver(() -> openWatches.remove(entry));
    return stream;
  }

  @Override
  public void reset() {
    client.reset();
  }
}
