package io.kcp.upstream.testkit.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.SSLContext;

/** A real server, reached directly: what our HTTP layer would smooth over is seen. */
public final class RealDoor implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RealBackend backend = RealBackend.start(Assets.find(), Controllers.NONE);

  public URI uri() {
    return backend.plane().uri();
  }

  public String token() {
    return backend.plane().token();
  }

  public SSLContext tls() {
    return PinnedTls.trusting(backend.plane().certificate()).orElseThrow();
  }

  /** Lets etcd forget all but the newest versions, as a server does every five minutes. */
  public void compact() {
    String version = etcd("range", "{\"key\": \"AA==\"}").at("/header/revision").asText();
    etcd("compaction", "{\"revision\": \"%s\"}".formatted(version));
  }

  private JsonNode etcd(String call, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(backend.plane().etcd() + "/v3/kv/" + call))
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return JSON.readTree(
          HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    backend.close();
  }
}
