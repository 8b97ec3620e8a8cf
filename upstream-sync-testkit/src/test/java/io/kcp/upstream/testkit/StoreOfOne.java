package io.kcp.upstream.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpBackend;
import io.kcp.upstream.testkit.http.HttpRequest;
import io.kcp.upstream.testkit.http.HttpStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A backend that holds one text: a write replaces it, a read returns it, a watch is held open. */
final class StoreOfOne implements HttpBackend {
  private final List<String> seen = new ArrayList<>();
  private final List<HttpStream> watches = new ArrayList<>();
  private final Map<String, Runnable> before = new HashMap<>();
  private String text = "{}";

  @Override
  public synchronized void handle(HttpRequest request, HttpAnswer answer) {
    String line = request.method() + " " + request.path();
    Optional.ofNullable(before.remove(line)).ifPresent(Runnable::run);
    seen.add(line);
    if (request.query().contains("watch=true")) {
      watches.add(answer.stream(200, Map.of()));
      return;
    }
    if (request.body().length > 0) {
      text = new String(request.body(), UTF_8);
    }
    answer.send(200, Map.of(), text.getBytes(UTF_8));
  }

  /** Does something else first, once, when such a request comes. */
  synchronized void before(String request, Runnable action) {
    before.put(request, action);
  }

  synchronized List<String> seen() {
    return List.copyOf(seen);
  }

  synchronized void event(String line) {
    watches.forEach(watch -> watch.write((line + "\n").getBytes(UTF_8)));
  }

  synchronized void bytes(String piece) {
    watches.forEach(watch -> watch.write(piece.getBytes(UTF_8)));
  }

  synchronized boolean watchesAreOver() {
    return watches.stream().allMatch(HttpStream::isOver);
  }

  @Override
  public void close() {}
}
