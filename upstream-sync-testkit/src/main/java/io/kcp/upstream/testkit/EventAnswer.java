package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpStream;
import java.io.ByteArrayOutputStream;
import java.util.Map;

/** A watch's answer, taken apart into its events. */
record EventAnswer(Harm.Exchange exchange, Harmed harmed) implements HttpAnswer {
  /** What is done to one watch; called for one event after the other. */
  interface Harmed {
    /** The stream has begun. */
    default void begun(HttpStream client, FaultRule.Claim claim) {}

    /** Instead of sending this event, a line that ends with a newline. */
    void event(byte[] line, HttpStream client, FaultRule.Claim claim);
  }

  @Override
  public void send(int status, Map<String, String> headers, byte[] body) {
    exchange.claim().miss();
    exchange.client().send(status, headers, body);
  }

  @Override
  public HttpStream stream(int status, Map<String, String> headers) {
    Lines lines = new Lines(exchange.client().stream(status, headers));
    harmed.begun(lines.client(), exchange.claim());
    return lines;
  }

  @Override
  public void reset() {
    exchange.claim().miss();
    exchange.client().reset();
  }

  /** Bytes come in pieces of any size. */
  private final class Lines extends PassedStream {
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    Lines(HttpStream client) {
      super(client, exchange.claim());
    }

    @Override
    public synchronized void write(byte[] chunk) {
      int from = 0;
      for (int i = 0; i < chunk.length; i++) {
        if (chunk[i] == '\n') {
          begun.write(chunk, from, i + 1 - from);
          from = i + 1;
          harmed.event(begun.toByteArray(), client(), exchange.claim());
          begun.reset();
        }
      }
      begun.write(chunk, from, chunk.length - from);
    }

    @Override
    public synchronized void end() {
      client().write(begun.toByteArray());
      client().end();
    }
  }

  static Harm drop(int after) {
    return exchange ->
        exchange
            .server()
            .accept(
                new EventAnswer(
                    exchange,
                    new Harmed() {
                      private int sent;

                      @Override
                      public void begun(HttpStream client, FaultRule.Claim claim) {
                        cutAtLast(client, claim);
                      }

                      @Override
                      public void event(byte[] line, HttpStream client, FaultRule.Claim claim) {
                        client.write(line);
                        sent++;
                        cutAtLast(client, claim);
                      }

                      private void cutAtLast(HttpStream client, FaultRule.Claim claim) {
                        if (sent == after) {
                          claim.hit();
                          client.cut();
                        }
                      }
                    }));
  }

  static Harm duplicate() {
    return exchange ->
        exchange
            .server()
            .accept(
                new EventAnswer(
                    exchange,
                    (line, client, claim) -> {
                      claim.hit();
                      client.write(line);
                      client.write(line);
                    }));
  }
}
