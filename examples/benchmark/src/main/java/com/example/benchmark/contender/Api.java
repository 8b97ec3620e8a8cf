package com.example.benchmark.contender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Plain requests to one server. Thread-safe. */
public final class Api {
  public static final String MERGE_PATCH = "application/merge-patch+json";
  private static final String JSON_TYPE = "application/json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LOADERS = 16;

  private final String uri;
  private final OkHttpClient client;

  private Api(String uri, OkHttpClient client) {
    this.uri = uri;
    this.client = client;
  }

  /** To the server that a kubeconfig names. */
  public static Api of(String kubeconfig) {
    return new Api(Clients.uri(kubeconfig), Clients.http(kubeconfig));
  }

  public String uri() {
    return uri;
  }

  /** The answer's body; throws when the server refuses. */
  public JsonNode get(String path) {
    return read(text(new Request.Builder().url(uri + path).build()));
  }

  /** The answer's body as it came; throws when the server refuses. */
  public String text(String path) {
    return text(new Request.Builder().url(uri + path).build());
  }

  /** Creates an object; one that exists is an error. */
  public JsonNode post(String collection, String body) {
    RequestBody json = RequestBody.create(body, MediaType.get(JSON_TYPE));
    return read(text(new Request.Builder().url(uri + collection).post(json).build()));
  }

  /** Changes an object by a patch of the given type. */
  public JsonNode patch(String path, String type, String body) {
    RequestBody json =
        RequestBody.create(
            body.getBytes(java.nio.charset.StandardCharsets.UTF_8), MediaType.get(type));
    return read(text(new Request.Builder().url(uri + path).patch(json).build()));
  }

  /** Like the others, but the answer is not looked at. */
  public void send(String method, String path, String type, String body) {
    RequestBody bytes =
        RequestBody.create(
            body.getBytes(java.nio.charset.StandardCharsets.UTF_8), MediaType.get(type));
    text(new Request.Builder().url(uri + path).method(method, bytes).build());
  }

  public void delete(String path) {
    text(new Request.Builder().url(uri + path).delete().build());
  }

  /** The object as the answer shows it, which may wait for finalizers; empty where none is. */
  public JsonNode deleteIfThere(String path) {
    return ifThere(new Request.Builder().url(uri + path).delete().build());
  }

  /** Takes the finalizers off an object that waits to go, and may have gone by now. */
  public void freeIfThere(String path) {
    RequestBody none =
        RequestBody.create("{\"metadata\":{\"finalizers\":null}}", MediaType.get(MERGE_PATCH));
    ifThere(new Request.Builder().url(uri + path).patch(none).build());
  }

  private JsonNode ifThere(Request request) {
    try (Response response = client.newCall(request).execute()) {
      if (response.code() == 404) {
        return JSON.createObjectNode();
      }
      if (!response.isSuccessful()) {
        throw new IllegalStateException(
            "%s %s: %d".formatted(request.method(), request.url(), response.code()));
      }
      return read(response.body().string());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An open answer, for a watch; to be closed by the caller. */
  public Response open(String path) throws IOException {
    return client.newCall(new Request.Builder().url(uri + path).build()).execute();
  }

  private String text(Request request) {
    try (Response response = client.newCall(request).execute()) {
      String body = response.body().string();
      if (!response.isSuccessful()) {
        throw new IllegalStateException(
            "%s %s: %d %s".formatted(request.method(), request.url(), response.code(), body));
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many objects a collection holds, by a list of one. */
  public int count(Kind kind) {
    JsonNode list = get(kind.collection() + "?limit=1");
    return list.path("items").size() + list.path("metadata").path("remainingItemCount").asInt(0);
  }

  /** Calls {@code each} for 0 to {@code count} - 1, many at once. */
  public static void parallel(int count, IntConsumer each) {
    ExecutorService pool = Executors.newFixedThreadPool(LOADERS);
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (int i = 0; i < LOADERS; i++) {
        int first = i;
        parts.add(
            pool.submit(
                () -> {
                  for (int number = first; number < count; number += LOADERS) {
                    each.accept(number);
                  }
                }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while loading a server", e);
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * Requests that a real server has answered so far, by verb, less those for the syncer's own
   * Lease, Secret, Events and SyncTarget; empty where the server does not count.
   */
  public Map<String, Double> requests() {
    Map<String, Double> byVerb = new TreeMap<>();
    String metrics;
    try {
      metrics = text("/metrics");
    } catch (IllegalStateException e) {
      return byVerb; // the in-memory server has no such page
    }
    for (String line : metrics.lines().toList()) {
      if (line.startsWith("apiserver_request_total{") && isOfObjects(line)) {
        double count = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        byVerb.merge(label(line, "verb"), count, Double::sum);
      }
    }
    return byVerb;
  }

  private static boolean isOfObjects(String line) {
    String resource = label(line, "resource");
    return !resource.isEmpty()
        && !List.of("leases", "synctargets", "events", "namespaces", "customresourcedefinitions")
            .contains(resource)
        && !line.contains("group=\"flowcontrol.apiserver.k8s.io\"");
  }

  private static String label(String line, String name) {
    int from = line.indexOf(name + "=\"");
    return from < 0
        ? ""
        : line.substring(from + name.length() + 2, line.indexOf('"', from + name.length() + 2));
  }
}
