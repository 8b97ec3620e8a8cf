package io.kcp.upstream.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kcp.upstream.testkit.http.HttpFront;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A memory backend behind HTTP, and a client for it. */
final class RunningServer implements AutoCloseable {
  static final String MERGE = "application/merge-patch+json";
  static final String JSON_PATCH = "application/json-patch+json";
  static final String APPLY = "application/apply-patch+yaml";

  private final MemoryBackend backend;
  private final HttpFront front;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RunningServer(MemoryBackend backend) {
    this.backend = backend;
    this.front = HttpFront.start(backend);
  }

  static RunningServer plain() {
    return new RunningServer(start(false, false));
  }

  static RunningServer withGarbageCollector() {
    return new RunningServer(start(false, true));
  }

  private static MemoryBackend start(boolean kcp, boolean collector, String... workspaces) {
    return MemoryBackend.create(
        new MemoryBackend.Options(kcp, false, collector, List.of(workspaces), Clock.systemUTC()));
  }

  static RunningServer kcp(String... workspaces) {
    return new RunningServer(start(true, true, workspaces));
  }

  /** A reply; text is the whole body. */
  record Answer(int status, Map<String, List<String>> headers, String text) {
    Map<String, Object> body() {
      try {
        return Tree.asMap(Json.parse(text.getBytes(UTF_8)));
      } catch (IOException e) {
        throw new UncheckedIOException(text, e);
      }
    }

    String string(String... path) {
      return Tree.string(body(), path);
    }

    Object at(String... path) {
      return Tree.get(body(), path);
    }

    List<String> names() {
      return Tree.maps(body(), "items").stream().map(Meta::name).toList();
    }

    String header(String name) {
      return String.join(", ", headers.getOrDefault(name, List.of()));
    }
  }

  MemoryBackend backend() {
    return backend;
  }

  Answer get(String path, String... headers) {
    return send("GET", path, "", "", headers);
  }

  Answer post(String path, String json) {
    return send("POST", path, "application/json", json);
  }

  Answer put(String path, String json) {
    return send("PUT", path, "application/json", json);
  }

  Answer patch(String path, String type, String body) {
    return send("PATCH", path, type, body);
  }

  Answer delete(String path) {
    return send("DELETE", path, "", "");
  }

  Answer send(String method, String path, String type, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(front.uri(0) + path))
            .setHeader("User-Agent", "tester/1.0")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** An open watch. */
  static final class Watch implements AutoCloseable {
    private final BufferedReader reader;

    private Watch(InputStream body) {
      this.reader = new BufferedReader(new InputStreamReader(body, UTF_8));
    }

    /** The next event; null at the end of the stream. */
    Map<String, Object> next() {
      try {
        String line = reader.readLine();
        return line == null ? null : Tree.asMap(Json.parse(line.getBytes(UTF_8)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The next event as its type and the object's name. */
    String nextName() {
      Map<String, Object> event = next();
      return event == null
          ? "end"
          : Tree.string(event, "type") + " " + Meta.name(Tree.map(event, "object"));
    }

    @Override
    public void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  Watch watch(String path) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(front.uri(0) + path)).build();
      return new Watch(client.send(request, BodyHandlers.ofInputStream()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    front.close();
    backend.close();
  }
}
