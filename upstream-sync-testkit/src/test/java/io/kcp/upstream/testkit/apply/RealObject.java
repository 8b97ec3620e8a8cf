package io.kcp.upstream.testkit.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One object of a real API server, written over HTTP. */
final class RealObject {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI server;
  private final String collection;
  private final String name;

  /** An answer of the server. */
  record Answer(int code, Map<String, Object> body) {
    String message() {
      return Json.string(body, "message");
    }
  }

  RealObject(URI server, String collection, String name) {
    this.server = server;
    this.collection = collection;
    this.name = name;
  }

  Answer create(Map<String, Object> object, String manager) {
    return send("POST", collection + "?fieldManager=" + manager, "application/json", object);
  }

  Answer replace(Map<String, Object> object, String manager) {
    return send("PUT", item(manager), "application/json", object);
  }

  Answer patch(String type, Object patch, String manager) {
    return send("PATCH", item(manager), "application/" + type, patch);
  }

  Answer apply(Map<String, Object> config, String manager, boolean force) {
    String query = item(manager) + "&force=" + force;
    return send("PATCH", query, "application/apply-patch+yaml", config);
  }

  Answer status(Map<String, Object> config, String manager) {
    String path = collection + "/" + name + "/status?fieldManager=" + manager;
    return send("PATCH", path, "application/apply-patch+yaml", config);
  }

  Answer get() {
    return send("GET", collection + "/" + name, "application/json", null);
  }

  private String item(String manager) {
    return collection + "/" + name + "?fieldManager=" + manager;
  }

  private Answer send(String method, String path, String type, @Nullable Object body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + path))
            .header("Content-Type", type)
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(text(body)))
            .build();
    try {
      HttpResponse<byte[]> answer = HTTP.send(request, BodyHandlers.ofByteArray());
      return new Answer(answer.statusCode(), Json.map(JSON.readValue(answer.body(), Map.class)));
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String text(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
