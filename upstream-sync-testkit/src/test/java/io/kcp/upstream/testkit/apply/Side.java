package io.kcp.upstream.testkit.apply;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One of two servers that are asked alike, and what it alone knows: UIDs, versions, tokens. */
final class Side {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI server;
  private final Map<String, Memory> memories = new HashMap<>();
  private String continueToken = "none";

  /** What was last seen of an object. */
  private record Memory(String uid, String version, String stale) {}

  /** An answer; the body of one that is no JSON object is under "text". */
  record Answer(int code, List<String> warnings, Map<String, Object> body) {}

  Side(URI server) {
    this.server = server;
  }

  Answer send(Request request) {
    Memory memory = memories.getOrDefault(request.object(), new Memory("none", "1", "1"));
    String query =
        filled(request.query(), memory).replace("<continue>", continueToken).replace(" ", "%20");
    HttpRequest.Builder http =
        HttpRequest.newBuilder(URI.create(server + request.path() + "?" + query))
            .setHeader("User-Agent", "tester/1.0");
    if (!request.accept().isEmpty()) {
      http.setHeader("Accept", request.accept());
    }
    if (request.body() == null) {
      http.method(request.method(), BodyPublishers.noBody());
    } else {
      http.setHeader("Content-Type", request.type());
      http.method(request.method(), BodyPublishers.ofString(filled(text(request.body()), memory)));
    }
    Answer answer = send(http.build());
    remember(request.object(), memory, answer.body());
    return answer;
  }

  private static String filled(String text, Memory memory) {
    return text.replace("<uid>", memory.uid())
        .replace("<version>", memory.version())
        .replace("<stale>", memory.stale());
  }

  private static Answer send(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = HTTP.send(request, BodyHandlers.ofByteArray());
      String text = new String(answer.body(), StandardCharsets.UTF_8);
      Map<String, Object> body = text.startsWith("{") ? read(text) : Map.of("text", text);
      return new Answer(answer.statusCode(), answer.headers().allValues("warning"), body);
    } catch (IOException e) {
      throw new UncheckedIOException(request + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void remember(String object, Memory before, Map<String, Object> body) {
    String version = Json.string(body, "metadata", "resourceVersion");
    String uid = Json.string(body, "metadata", "uid");
    if (!uid.isEmpty() && !version.isEmpty()) {
      String stale = version.equals(before.version()) ? before.stale() : before.version();
      memories.put(object, new Memory(uid, version, stale));
    }
    String token = Json.string(body, "metadata", "continue");
    if (!token.isEmpty()) {
      continueToken = token;
    }
  }

  /** The version of a collection now. */
  String version(String collection) {
    Answer list = send(Request.get(collection, collection, "limit=1", ""));
    return Json.string(list.body(), "metadata", "resourceVersion");
  }

  /** The events from a version up to the first of an object of this name. */
  List<Map<String, Object>> events(String collection, String query, String last) {
    List<Map<String, Object>> events = new ArrayList<>();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(server + collection + "?watch=1&timeoutSeconds=60&" + query))
            .build();
    try (InputStream body = HTTP.send(request, BodyHandlers.ofInputStream()).body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Map<String, Object> event = read(line);
        events.add(event);
        if (Json.string(event, "object", "metadata", "name").equals(last)) {
          return events;
        }
      }
      throw new AssertionError("the watch ended before " + last + ": " + events);
    } catch (IOException e) {
      throw new UncheckedIOException(collection + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> read(String json) throws IOException {
    return Json.map(JSON.readValue(json, Map.class));
  }

  private static String text(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
