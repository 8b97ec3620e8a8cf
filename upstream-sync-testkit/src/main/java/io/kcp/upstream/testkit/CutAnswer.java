package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpStream;
import java.util.Arrays;
import java.util.Map;

/** An answer that breaks off after so many bytes of its body. */
record CutAnswer(Harm.Exchange exchange, int bytes) implements HttpAnswer {
  @Override
  public void send(int status, Map<String, String> headers, byte[] body) {
    if (body.length <= bytes) {
      exchange.claim().miss();
      exchange.client().send(status, headers, body);
      return;
    }
    exchange.claim().hit();
    HttpStream stream = exchange.client().stream(status, headers);
    stream.write(Arrays.copyOf(body, bytes));
    stream.cut();
  }

  @Override
  public HttpStream stream(int status, Map<String, String> headers) {
    return new PassedStream(exchange.client().stream(status, headers), exchange.claim()) {
      private int left = bytes;

      @Override
      public synchronized void write(byte[] chunk) {
        client().write(Arrays.copyOf(chunk, Math.min(left, chunk.length)));
        if (chunk.length > left) {
          exchange.claim().hit();
          client().cut();
        }
        left -= Math.min(left, chunk.length);
      }
    };
  }

  @Override
  public void reset() {
    exchange.claim().miss();
    exchange.client().reset();
  }
}
