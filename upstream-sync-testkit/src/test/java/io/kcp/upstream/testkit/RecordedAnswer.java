package io.kcp.upstream.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a client would have got. */
final class RecordedAnswer implements HttpAnswer, HttpStream {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final List<Runnable> whenOver = new ArrayList<>();
  private int status;
  private Map<String, String> headers = Map.of();
  private boolean reset;
  private boolean ended;
  private boolean cut;
  private boolean left;

  @Override
  public synchronized void send(int code, Map<String, String> sent, byte[] bytes) {
    status = code;
    headers = sent;
    body.writeBytes(bytes);
    end();
  }

  @Override
  public synchronized HttpStream stream(int code, Map<String, String> sent) {
    status = code;
    headers = sent;
    return this;
  }

  @Override
  public synchronized void reset() {
    reset = true;
    over();
  }

  @Override
  public synchronized void write(byte[] chunk) {
    if (!isOver()) {
      body.writeBytes(chunk);
    }
  }

  @Override
  public synchronized void end() {
    ended = !isOver();
    over();
  }

  @Override
  public synchronized void cut() {
    cut = !isOver();
    over();
  }

  /** The client goes away. */
  synchronized void leave() {
    left = true;
    over();
  }

  private void over() {
    whenOver.forEach(Runnable::run);
    whenOver.clear();
  }

  @Override
  public synchronized boolean isOver() {
    return reset || ended || cut || left;
  }

  @Override
  public synchronized void onOver(Runnable action) {
    if (isOver()) {
      action.run();
    } else {
      whenOver.add(action);
    }
  }

  synchronized int status() {
    return status;
  }

  synchronized Map<String, String> headers() {
    return headers;
  }

  synchronized String body() {
    return body.toString(UTF_8);
  }

  synchronized boolean wasReset() {
    return reset;
  }

  synchronized boolean wasEnded() {
    return ended;
  }

  synchronized boolean wasCut() {
    return cut;
  }
}
