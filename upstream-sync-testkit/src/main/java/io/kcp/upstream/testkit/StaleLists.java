package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpRequest;
import io.kcp.upstream.testkit.http.HttpStream;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server that repeats what it said first, as a replica does that has fallen behind. */
final class StaleLists {
  private static final int OK = 200;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Said(Map<String, String> headers, byte[] body) {}

  private final Map<String, Said> first = new ConcurrentHashMap<>();

  /** What happens to a list: it is passed on and remembered, or answered from memory. */
  Harm harm(HttpRequest request) {
    String asked = request.path() + "?" + request.query();
    return exchange -> {
      Said said = first.get(asked);
      if (said == null) {
        exchange.claim().miss();
        exchange.server().accept(new Remembered(asked, exchange.client()));
      } else {
        exchange.claim().hit();
        exchange.client().send(OK, said.headers(), said.body());
      }
    };
  }

  /** An answer that is passed on, and kept when it came whole. */
  private final class Remembered implements HttpAnswer {
    private final String asked;
    private final HttpAnswer client;

    Remembered(String asked, HttpAnswer client) {
      this.asked = asked;
      this.client = client;
    }

    private void keep(int status, Map<String, String> headers, byte[] body) {
      if (status == OK) {
        first.putIfAbsent(asked, new Said(Map.copyOf(headers), body));
      }
    }

    @Override
    public void send(int status, Map<String, String> headers, byte[] body) {
      keep(status, headers, body);
      client.send(status, headers, body);
    }

    @Override
    public HttpStream stream(int status, Map<String, String> headers) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      HttpStream stream = client.stream(status, headers);
      return new HttpStream() {
        @Override
        public void write(byte[] chunk) {
          body.writeBytes(chunk);
          stream.write(chunk);
        }

        @Override
        public void end() {
          keep(status, headers, body.toByteArray());
          stream.end();
        }

        @Override
        public void cut() {
          stream.cut();
        }

        @Override
        public boolean isOver() {
          return stream.isOver();
        }

        @Override
        public void onOver(Runnable action) {
          stream.onOver(action);
        }

        @Override
        public void onDrained(Runnable action) {
          stream.onDrained(action);
        }
      };
    }

    @Override
    public void reset() {
      client.reset();
    }
  }
}
