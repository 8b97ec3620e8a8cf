package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a fault does to one request. */
@FunctionalInterface
interface Harm {
  /** For requests that were held: the HTTP layer's thread went on, and a server may block. */
  Executor HELD =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "held-request");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A request on its way.
   *
   * @param verb what is asked
   * @param client takes the answer
   * @param server takes the request and answers to what it is given
   */
  record Exchange(
      Verb verb, HttpAnswer client, Consumer<HttpAnswer> server, FaultRule.Claim claim) {}

  void act(Exchange exchange);

  static Harm respond(int code, Map<String, String> headers, byte[] body) {
    return exchange -> {
      exchange.claim().hit();
      exchange.client().send(code, headers, body);
    };
  }

  /** A refusal as an API server writes it. */
  static Harm refuse(int code) {
    return respond(
        code, StatusText.JSON, JsonText.bytes(StatusText.of(code, "a fault of the test")));
  }

  /** A refusal that says when to come again. */
  static Harm refuse(int code, Duration retryAfter) {
    long seconds = retryAfter.plusNanos(999_999_999).toSeconds();
    Map<String, Object> status = StatusText.of(code, "a fault of the test");
    status.put("details", Map.of("retryAfterSeconds", seconds));
    Map<String, String> headers = new HashMap<>(StatusText.JSON);
    headers.put("Retry-After", Long.toString(seconds));
    return respond(code, Map.copyOf(headers), JsonText.bytes(status));
  }

  static Harm delay(Duration time) {
    return exchange -> {
      exchange.claim().hit();
      Executor later =
          CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS, HELD);
      later.execute(() -> exchange.server().accept(exchange.client()));
    };
  }

  static Harm hang() {
    return exchange -> {
      exchange.claim().hit();
      exchange
          .claim()
          .whenLifted(() -> HELD.execute(() -> exchange.server().accept(exchange.client())));
    };
  }

  static Harm resetBefore() {
    return exchange -> {
      exchange.claim().hit();
      exchange.client().reset();
    };
  }

  static Harm resetAfter() {
    return exchange -> exchange.server().accept(new LostAnswer(exchange));
  }

  /** An answer that the client never gets. */
  record LostAnswer(Exchange exchange) implements HttpAnswer {
    @Override
    public void send(int status, Map<String, String> headers, byte[] body) {
      reset();
    }

    @Override
    public HttpStream stream(int status, Map<String, String> headers) {
      reset();
      return new DeadStream();
    }

    @Override
    public void reset() {
      exchange.claim().hit();
      exchange.client().reset();
    }
  }

  /** The stream of a client that has left. */
  record DeadStream() implements HttpStream {
    @Override
    public void write(byte[] chunk) {}

    @Override
    public void end() {}

    @Override
    public void cut() {}

    @Override
    public boolean isOver() {
      return true;
    }

    @Override
    public void onOver(Runnable action) {
      action.run();
    }
  }
}
