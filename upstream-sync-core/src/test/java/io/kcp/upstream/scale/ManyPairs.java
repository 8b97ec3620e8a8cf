package io.kcp.upstream.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two servers with any number of pods that are all alike: each is made from one pod, or its copy,
 * when it is listed. All else is answered by an in-memory server behind.
 */
final class ManyPairs {
  private static final String NAME = "web-6d4cf56db6-00000";
  private static final Pattern NUMBER = Pattern.compile("web-6d4cf56db6-(\\d{5})");
  private static final String MISSING =
      "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"NotFound\","
          + "\"code\":404,\"details\":{\"kind\":\"pods\",\"name\":\"%s\"}}";
  private static final String PODS = "/api/v1/pods";

  private static final Map<String, Object> RUNNING =
      Map.of(
          "phase",
          "Running",
          "conditions",
          List.of(
              Map.of(
                  "type", "Ready",
                  "status", "True",
                  "lastTransitionTime", "2026-11-01T00:00:00Z")));

  private final InMemoryApiServer behind;
  private final String template;
  private final BitSet made = new BitSet(); // guarded by itself
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final HttpClient client = HttpClient.newHttpClient();

  private ManyPairs(InMemoryApiServer behind, ObjectTree template, int count, boolean there) {
    this.behind = behind;
    this.template = new String(Json.write(template.asMap()), UTF_8);
    made.set(0, there ? count : 0);
  }

  /** Until this process is ended. */
  static void serve(String physical, String workspace, int count, boolean copied) throws Exception {
    try (InMemoryApiServer below = InMemoryApiServer.builder().start();
        InMemoryApiServer above = InMemoryApiServer.builder().start()) {
      Files.writeString(Path.of(physical), below.kubeconfig());
      Files.writeString(Path.of(workspace), above.kubeconfig());
      Load load = new Load("pods", 1);
      load.make(physical, "load", 1);
      below.as("kubelet").set("pods", "load", NAME, "status", RUNNING);
      load.makeSyncTarget(workspace);
      pullOne(below, above);
      ObjectTree pod = below.find("pods", "load", NAME).orElseThrow();
      ObjectTree copy = above.find("pods", "load", NAME).orElseThrow();
      Files.writeString(Path.of(physical), new ManyPairs(below, pod, count, true).start());
      Files.writeString(Path.of(workspace), new ManyPairs(above, copy, count, copied).start());
      System.out.println("ready");
      TimeUnit.DAYS.sleep(1);
    }
  }

  private static void pullOne(InMemoryApiServer below, InMemoryApiServer above) throws Exception {
    try (UpstreamSyncer syncer =
        UpstreamSyncer.builder(
                PhysicalCluster.of(below.client()), Workspace.of(above.client()), "measured-pods")
            .plugins(Plugins.none())
            .build()) {
      syncer.start();
      syncer.awaitInSync(Duration.ofMinutes(1));
    }
  }

  /** Returns a kubeconfig. */
  private String start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
    return behind
        .kubeconfig()
        .replace(
            "127.0.0.1:" + behind.uri().getPort(), "127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      if (path.equals(PODS) && query.contains("watch=true")) {
        watch(exchange);
      } else if (path.equals(PODS)) {
        send(exchange, 200, page(number(query, "limit", 500), number(query, "continue", 0)));
      } else if (path.endsWith("/load/pods") && exchange.getRequestMethod().equals("POST")) {
        make(exchange);
      } else if (path.contains("/load/pods/web-")
          && !exchange.getRequestMethod().equals("DELETE")) {
        one(exchange, path);
      } else {
        pass(exchange);
      }
    }
  }

  private void make(HttpExchange exchange) throws IOException {
    int number = numberIn(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    synchronized (made) {
      made.set(number);
    }
    String object = object(number);
    events.add("{\"type\":\"ADDED\",\"object\":" + object + "}\n");
    send(exchange, 201, object);
  }

  /** As it is, also when something of it is to be changed: it says all there is to say already. */
  private void one(HttpExchange exchange, String path) throws IOException {
    int number = numberIn(path);
    boolean there;
    synchronized (made) {
      there = made.get(number);
    }
    if (there) {
      send(exchange, 200, object(number));
    } else {
      send(exchange, 404, MISSING.formatted(path.substring(path.lastIndexOf('/') + 1)));
    }
  }

  private static int numberIn(String text) {
    Matcher name = NUMBER.matcher(text);
    return name.find() ? Integer.parseInt(name.group(1)) : 0;
  }

  private static int number(String query, String name, int standard) {
    Matcher found = Pattern.compile("(^|&)" + name + "=(\\d+)").matcher(query);
    return found.find() ? Integer.parseInt(found.group(2)) : standard;
  }

  private String page(int limit, int from) {
    StringJoiner items =
        new StringJoiner(",", "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[", "");
    int listed = 0;
    int to = from;
    synchronized (made) {
      for (to = made.nextSetBit(from); to >= 0 && listed < limit; to = made.nextSetBit(to + 1)) {
        items.add(object(to));
        listed++;
      }
    }
    String next = to < 0 ? "" : Integer.toString(to);
    return items
        + "],\"metadata\":{\"resourceVersion\":\"900000000\",\"continue\":\"%s\"}}".formatted(next);
  }

  /** With a name, UIDs and a version of its own. */
  private String object(int number) {
    return template
        .replace(NAME, "web-6d4cf56db6-%05d".formatted(number))
        .replaceAll("id\":\"[0-9a-f]{8}-", "id\":\"%08x-".formatted(number))
        .replaceFirst(
            "\"resourceVersion\":\"\\d+\"", "\"resourceVersion\":\"" + (800000000 + number) + "\"");
  }

  private void watch(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      while (true) {
        out.write(events.take().getBytes(UTF_8));
        if (events.isEmpty()) {
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(behind.uri() + exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    for (String header : java.util.List.of("Accept", "Content-Type", "Authorization")) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    try {
      HttpResponse<java.io.InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().add("Content-Type", type));
      exchange.sendResponseHeaders(answer.statusCode(), 0);
      try (OutputStream out = exchange.getResponseBody();
          java.io.InputStream in = answer.body()) {
        byte[] part = new byte[8192];
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
          out.write(part, 0, n);
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
