package io.kcp.upstream.testkit.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Sends requests to one server. Bodies are written in YAML here and go out as JSON. */
class Caller {
  static final String JSON = "application/json";
  static final String MERGE = "application/merge-patch+json";
  static final String JSON_PATCH = "application/json-patch+json";
  static final String STRATEGIC = "application/strategic-merge-patch+json";
  static final String APPLY = "application/apply-patch+yaml";
  private static final byte[] NOTHING = new byte[0];

  private final ContractServer server;
  private final HttpClient client;

  Caller(ContractServer server) {
    this.server = server;
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    server.tls().ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  ContractServer server() {
    return server;
  }

  HttpClient client() {
    return client;
  }

  /** YAML as the JSON that is sent. */
  static byte[] json(String yaml) {
    try {
      return Answer.JSON.writeValueAsBytes(
          new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, "", NOTHING, headers);
  }

  Answer post(String path, String yaml, String... headers) {
    return send("POST", path, JSON, json(yaml), headers);
  }

  Answer put(String path, String yaml, String... headers) {
    return send("PUT", path, JSON, json(yaml), headers);
  }

  Answer merge(String path, String yaml) {
    return send("PATCH", path, MERGE, json(yaml));
  }

  Answer jsonPatch(String path, String yaml) {
    return send("PATCH", path, JSON_PATCH, json(yaml));
  }

  Answer strategic(String path, String yaml) {
    return send("PATCH", path, STRATEGIC, json(yaml));
  }

  /**
   * Applies server-side.
   *
   * @param manager the field manager; may be followed by further parameters, as {@code me&force=1}
   */
  Answer apply(String path, String manager, String yaml) {
    return raw("PATCH", path + "?fieldManager=" + manager, APPLY, yaml);
  }

  Answer delete(String path) {
    return send("DELETE", path, "", NOTHING);
  }

  Answer delete(String path, String options) {
    return send("DELETE", path, JSON, json(options));
  }

  Answer raw(String method, String path, String type, String body, String... headers) {
    return send(method, path, type, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  Answer send(String method, String path, String type, byte[] body, String... headers) {
    HttpResponse<byte[]> response =
        exchange(request(method, path, type, body, headers), BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /** The answers to many requests at a time. */
  List<Answer> burst(int count, String path, String... headers) {
    HttpRequest request = request("GET", path, "", NOTHING, headers);
    return Stream.generate(() -> client.sendAsync(request, BodyHandlers.ofByteArray()))
        .limit(count)
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .map(each -> new Answer(each.statusCode(), each.headers(), each.body()))
        .toList();
  }

  /** Opens a watch. */
  Watch watch(String path, String... headers) {
    HttpResponse<InputStream> response =
        exchange(request("GET", path, "", NOTHING, headers), BodyHandlers.ofInputStream());
    return new Watch(response.statusCode(), response.headers(), response.body());
  }

  private HttpRequest request(
      String method, String path, String type, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .setHeader("User-Agent", "tester/1.0")
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (!server.token().isEmpty()) {
      request.setHeader("Authorization", "Bearer " + server.token());
    }
    if (!type.isEmpty()) {
      request.setHeader("Content-Type", type);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The documents of a YAML stream, each as YAML. */
  static List<String> documents(String stream) {
    List<String> documents = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(stream)) {
      documents.add(new Yaml().dump((Map<?, ?>) document));
    }
    return documents;
  }
}
