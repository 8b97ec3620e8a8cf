package io.kcp.upstream.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that stay open, of a server of which each byte is sent by hand. */
class OpenAnswerIT {
  private static final Duration REQUEST = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n";

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
  private final Hangup hangup = new Hangup();
  private final ServerSocket server = new ServerSocket(0);
  private final ClusterEndpoint endpoint = endpoint();

  OpenAnswerIT() throws IOException {}

  @AfterEach
  void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  @Test
  void mayBeSilentForLongerThanARequestMayTake() throws Exception {
    Future<String> read = opened(LONG);
    try (Socket client = server.accept()) {
      send(client, HEAD);
      Future<Void> sent =
          threads.schedule(
              () -> send(client, "late"), 3 * REQUEST.toMillis(), TimeUnit.MILLISECONDS);

      assertThat(read.get()).isEqualTo("late");
      sent.get();
    }
  }

  @Test
  void isGivenUpWhenItDoesNotEndInTime() throws Exception {
    Future<String> read = opened(REQUEST);
    try (Socket client = server.accept()) {
      send(client, HEAD + "l");

      assertThatThrownBy(read::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void isGivenUpWhenItDoesNotBeginInTime() throws IOException {
    Future<String> read = opened(LONG);
    try (Socket client = server.accept()) {
      assertThat(client.getInputStream().read()).isEqualTo('G');

      assertThatThrownBy(read::get)
          .hasCauseInstanceOf(RequestException.class)
          .hasMessageContaining("no answer");
    }
  }

  @Test
  void isEndedByAHangupWhileItIsRead() throws IOException {
    Future<String> read = opened(LONG);
    try (Socket client = server.accept()) {
      send(client, HEAD + "l");
      hangup.hangUp();

      assertThatThrownBy(read::get).isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void aRequestIsEndedByAHangupBeforeItsAnswerAndNoOtherBegins() throws IOException {
    Future<Answer> asked = threads.submit(() -> endpoint.send(ApiRequest.get("/version"), hangup));
    try (Socket client = server.accept()) {
      assertThat(client.getInputStream().read()).isEqualTo('G');
      hangup.hangUp();

      assertThatThrownBy(asked::get).hasCauseInstanceOf(InterruptedException.class);
    }
    assertThatThrownBy(() -> endpoint.send(ApiRequest.get("/version"), hangup))
        .isInstanceOf(InterruptedException.class);
  }

  private Future<String> opened(Duration longest) {
    Callable<String> reading =
        () -> {
          ApiRequest request = ApiRequest.get("/api/v1/pods");
          try (OpenAnswer answer = endpoint.open(request, longest, hangup)) {
            return new String(answer.stream().readAllBytes(), US_ASCII);
          }
        };
    return threads.submit(reading);
  }

  private static Void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(US_ASCII));
    client.getOutputStream().flush();
    return null;
  }

  private ClusterEndpoint endpoint() {
    ApiClient client = new ApiClient().setBasePath("http://localhost:" + server.getLocalPort());
    return new ClusterEndpoint(
        "physical cluster",
        client,
        "",
        new EndpointLimits(100, 100, 4, 500, REQUEST),
        () -> client);
  }
}
