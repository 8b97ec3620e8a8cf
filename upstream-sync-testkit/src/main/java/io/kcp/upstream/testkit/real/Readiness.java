package io.kcp.upstream.testkit.real;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts a control plane and waits until it serves. */
final class Readiness {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int ATTEMPTS = 3;

  /** Namespaces come after readiness, and tests count on them. */
  private static final List<String> NEEDED =
      List.of("/readyz", "/api/v1/namespaces/default", "/api/v1/namespaces/kube-system");

  private final ControlPlane plane;
  private final long deadline = System.nanoTime() + LIMIT.toNanos();

  private Readiness(ControlPlane plane) {
    this.plane = plane;
  }

  static RealBackend start(Assets assets, Controllers controllers) {
    for (int attempt = 1; ; attempt++) {
      ControlPlane plane = ControlPlane.start(assets);
      try {
        Readiness readiness = new Readiness(plane);
        HttpClient client = readiness.await();
        controllers.start(assets, plane, (path, json) -> readiness.create(client, path, json));
        return new RealBackend(plane, client);
      } catch (IllegalStateException e) {
        boolean again = attempt < ATTEMPTS && plane.lostAPort();
        plane.close();
        if (!again) {
          throw e;
        }
      }
    }
  }

  /** Waits until a plane serves again. */
  static HttpClient await(ControlPlane plane) {
    return new Readiness(plane).await();
  }

  private HttpClient await() {
    Optional<HttpClient> client = client();
    while (client.isEmpty()) {
      pause("wrote no certificate");
      client = client();
    }
    for (String path : NEEDED) {
      while (!serves(client.get(), path)) {
        pause("did not answer GET " + path);
      }
    }
    return client.get();
  }

  private Optional<HttpClient> client() {
    return PinnedTls.trusting(plane.certificate())
        .map(
            tls ->
                HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1) // HTTP/2 limits the number of watches
                    .sslContext(tls)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build());
  }

  private boolean serves(HttpClient client, String path) {
    try {
      return status(client, to(path).timeout(Duration.ofSeconds(10)).build()) == 200;
    } catch (IOException e) {
      return false; // not listening yet; the deadline and the processes' end are looked at next
    }
  }

  private void create(HttpClient client, String path, String json) {
    HttpRequest request =
        to(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      int status = status(client, request);
      if (status != 201) {
        throw new IllegalStateException("POST %s was answered with %d".formatted(path, status));
      }
    } catch (IOException e) {
      throw new IllegalStateException("POST %s got no answer".formatted(path), e);
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(plane.uri() + path))
        .header("Authorization", "Bearer " + plane.token());
  }

  private static int status(HttpClient client, HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void pause(String soFar) {
    if (plane.hasEnded() || System.nanoTime() > deadline) {
      throw new IllegalStateException(
          "The kube-apiserver %s %s; %s"
              .formatted(
                  soFar,
                  plane.hasEnded() ? "and ended by itself" : "within " + LIMIT.toSeconds() + " s",
                  plane.log()));
    }
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while a kube-apiserver was starting", e);
  }
}
