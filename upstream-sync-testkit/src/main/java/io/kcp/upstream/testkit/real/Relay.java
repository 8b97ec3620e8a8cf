package io.kcp.upstream.testkit.real;

import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Passes a stream on, piece by piece, as fast as the client takes it. */
final class Relay implements BodySubscriber<@Nullable Void> {
  private static final Set<String> NOT_PASSED_ON =
      Set.of("connection", "content-length", "date", "transfer-encoding");

  private final HttpStream client;
  private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
  private @Nullable Subscription subscription;

  private Relay(HttpStream client) {
    this.client = client;
  }

  /** Answers whole where it can; a successful watch becomes a stream. */
  record Handler(HttpAnswer answer, boolean watch) implements BodyHandler<@Nullable Void> {
    @Override
    public BodySubscriber<@Nullable Void> apply(ResponseInfo response) {
      Map<String, String> headers = headers(response.headers());
      int status = response.statusCode();
      if (watch && status == 200) {
        return new Relay(answer.stream(status, headers));
      }
      return BodySubscribers.mapping(
          BodySubscribers.ofByteArray(),
          body -> {
            answer.send(status, headers, body);
            return null;
          });
    }

    private static Map<String, String> headers(HttpHeaders given) {
      Map<String, String> headers = new HashMap<>();
      given
          .map()
          .forEach(
              (name, values) -> {
                if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                  headers.put(name, String.join(", ", values));
                }
              });
      return headers;
    }
  }

  @Override
  public void onSubscribe(Subscription begun) {
    subscription = begun;
    client.onOver(begun::cancel);
    client.onOver(() -> done.complete(null));
    begun.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    for (ByteBuffer piece : pieces) {
      byte[] bytes = new byte[piece.remaining()];
      piece.get(bytes);
      client.write(bytes);
    }
    Subscription from = subscription;
    if (from != null) {
      client.onDrained(() -> from.request(1));
    }
  }

  @Override
  public void onComplete() {
    client.end();
    done.complete(null);
  }

  @Override
  public void onError(Throwable problem) {
    client.cut();
    done.complete(null);
  }

  @Override
  public CompletionStage<@Nullable Void> getBody() {
    return done;
  }
}
