package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.ObjectTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A test's own requests to a server, past faults and journal. */
final class DirectClient {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** One for all: each has a thread that ends only when it is collected. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI base;

  DirectClient(URI base) {
    this.base = base;
  }

  /** An answer, whatever its status. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reply(String request, int status, byte[] body) {
    boolean isRefusal() {
      return status >= 300;
    }

    ObjectTree object() {
      return JsonText.tree(body);
    }

    /**
     * @throws AssertionError when this is a refusal; shows the server's message
     */
    Reply orFail() {
      if (isRefusal()) {
        throw new AssertionError(refusal());
      }
      return this;
    }

    /** The refusal as a sentence, with the server's message. */
    String refusal() {
      String message = JsonText.field(body, "message").asText();
      String shown = message.isEmpty() ? new String(body, StandardCharsets.UTF_8).strip() : message;
      return "%s was refused: %d %s".formatted(request, status, shown);
    }
  }

  Reply get(String path) {
    return send("GET", path, "", BodyPublishers.noBody());
  }

  Reply send(String method, String path, String contentType, Map<String, ?> body) {
    return send(method, path, contentType, BodyPublishers.ofByteArray(JsonText.bytes(body)));
  }

  private Reply send(String method, String path, String contentType, BodyPublisher body) {
    HttpRequest.Builder request = to(path).timeout(LIMIT).method(method, body);
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    String line = method + " " + path;
    try {
      HttpResponse<byte[]> answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      return new Reply(line, answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new AssertionError(line + " got no answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(line + " was interrupted", e);
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "application/json");
  }

  /** The object at the path; empty when the server says that there is none. */
  Optional<ObjectTree> read(String path) {
    Reply reply = get(path);
    return reply.status() == 404 ? Optional.empty() : Optional.of(reply.orFail().object());
  }

  /** Follows the events of a watch; the caller closes it. */
  EventQueue watch(String path) {
    EventQueue events = new EventQueue();
    var unused =
        HTTP.sendAsync(to(path).build(), BodyHandlers.fromLineSubscriber(events))
            .whenComplete((answer, problem) -> events.end());
    return events;
  }
}
