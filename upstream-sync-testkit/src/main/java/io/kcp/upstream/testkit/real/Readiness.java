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

  static RealBackend start(Assets assets) {
    for (int attempt = 1; ; attempt++) {
      ControlPlane plane = ControlPlane.start(assets);
      try {
        return new RealBackend(plane, new Readiness(plane).await());
      } catch (IllegalStateException e) {
        boolean again = attempt < ATTEMPTS && plane.lostAPort();
        plane.close();
        if (!again) {
          throw e;
        }
      }
    }
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
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(plane.uri() + path))
            .header("Authorization", "Bearer " + plane.token())
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not listening yet; the deadline and the processes' end are looked at next
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
