package io.kcp.upstream.testkit.real;

import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpBackend;
import io.kcp.upstream.testkit.http.HttpRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The road to a real kube-apiserver: forwards each request with the rights of an administrator. */
public final class RealBackend implements HttpBackend {
  private static final Logger LOG = LoggerFactory.getLogger(RealBackend.class);

  /** What belongs to one connection, what we set anew, and compression: loopback needs none. */
  private static final Set<String> NOT_FORWARDED =
      Set.of(
          "accept-encoding",
          "authorization",
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final ControlPlane plane;
  private volatile HttpClient client;

  RealBackend(ControlPlane plane, HttpClient client) {
    this.plane = plane;
    this.client = client;
  }

  /**
   * Starts the processes and returns when the server is ready and its own namespaces are there.
   *
   * @throws IllegalStateException when it does not become ready; the message ends with its log
   */
  public static RealBackend start(Assets assets, Controllers controllers) {
    return Readiness.start(assets, controllers);
  }

  /** For clients that talk to the server itself, past faults and journal. */
  public String kubeconfig() {
    return plane.kubeconfig();
  }

  /** Ends kube-apiserver by SIGKILL; what is stored stays. Safe to call twice. */
  public void kill() {
    plane.killApiServer();
  }

  /**
   * Starts kube-apiserver again after {@link #kill}, and returns when it is ready.
   *
   * @throws IllegalStateException when it does not become ready; the message ends with its log
   */
  public void revive() {
    plane.startApiServer();
    client = Readiness.await(plane);
  }

  ControlPlane plane() {
    return plane;
  }

  @Override
  public void handle(HttpRequest request, HttpAnswer answer) {
    CompletableFuture<?> forwarded =
        client.sendAsync(toServer(request), new Relay.Handler(answer, isWatch(request)));
    var unused =
        forwarded.whenComplete(
            (done, problem) -> {
              if (problem != null) {
                failed(request, answer, problem);
              }
            });
  }

  private static void failed(HttpRequest request, HttpAnswer answer, Throwable problem) {
    Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
    LOG.debug("{} {}: the server broke off", request.method(), request.path(), cause);
    answer.reset();
  }

  private java.net.http.HttpRequest toServer(HttpRequest request) {
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    java.net.http.HttpRequest.Builder forwarded =
        java.net.http.HttpRequest.newBuilder(
                URI.create(plane.uri() + escaped(request.path() + query)))
            .method(request.method(), BodyPublishers.ofByteArray(request.body()));
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      if (!NOT_FORWARDED.contains(header.getKey())) {
        forwarded.setHeader(header.getKey(), header.getValue());
      }
    }
    return forwarded.setHeader("authorization", "Bearer " + plane.token()).build();
  }

  /** What clients may send raw and a URI may not hold. */
  private static String escaped(String target) {
    StringBuilder text = new StringBuilder(target.length());
    for (byte each : target.getBytes(StandardCharsets.ISO_8859_1)) {
      boolean raw = each > ' ' && each < 127 && "\"<>\\^`{|}".indexOf(each) < 0;
      text.append(raw ? String.valueOf((char) each) : "%%%02X".formatted(each));
    }
    return text.toString();
  }

  private static boolean isWatch(HttpRequest request) {
    return Optional.of("&" + request.query() + "&")
        .filter(query -> query.contains("&watch=true&") || query.contains("&watch=1&"))
        .isPresent();
  }

  /** Kills the processes and removes all that they stored. */
  @Override
  public void close() {
    plane.close();
  }
}
