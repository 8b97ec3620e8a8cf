package io.kcp.upstream.testkit.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpFrontIT {
  private final BlockingQueue<HttpStream> streams = new LinkedBlockingQueue<>();
  private final BlockingQueue<HttpRequest> requests = new LinkedBlockingQueue<>();
  private final HttpFront front = HttpFront.start(new Echo());
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Does what the first part of a path says. */
  private final class Echo implements HttpBackend {
    @Override
    public void handle(HttpRequest request, HttpAnswer answer) {
      requests.add(request);
      switch (request.path()) {
        case "/stream" -> streams.add(answer.stream(200, Map.of("Content-Type", "text/plain")));
        case "/reset" -> answer.reset();
        case "/throw" -> throw new IllegalStateException("broken on purpose");
        default -> answer.send(200, Map.of("X-Path", request.path()), request.body());
      }
    }

    @Override
    public void close() {}
  }

  @AfterEach
  void close() {
    front.close();
  }

  private java.net.http.HttpRequest.Builder to(String path) {
    return java.net.http.HttpRequest.newBuilder(URI.create(front.uri(0) + path));
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), front.uri(0).getPort());
  }

  @Test
  void handsOverTheRequestAsItStood() throws Exception {
    client.send(
        to("/a%20b/root:shop?x=%2C&y").header("X-A", "1").header("X-A", "2").build(),
        BodyHandlers.ofString());

    HttpRequest seen = requests.take();

    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path()).isEqualTo("/a%20b/root:shop");
    assertThat(seen.query()).isEqualTo("x=%2C&y");
    assertThat(seen.headers()).containsEntry("x-a", "1, 2");
    assertThat(seen.body()).isEmpty();
  }

  @Test
  void answersLargeBodiesWithTheirLength() throws Exception {
    byte[] body = "0123456789".repeat(500_000).getBytes(UTF_8);

    HttpResponse<byte[]> answer =
        client.send(
            to("/x").POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofByteArray());

    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.headers().firstValue("Content-Length")).hasValue("5000000");
  }

  @Test
  void keepsAConnectionForTheNextRequestAfterAStream() throws Exception {
    try (Socket socket = connect()) {
      get(socket, "/stream");
      HttpStream stream = streams.take();
      stream.write("one\n".getBytes(UTF_8));
      stream.end();
      readUntil(socket.getInputStream(), "0\r\n\r\n");

      get(socket, "/again");

      assertThat(readUntil(socket.getInputStream(), "\r\n\r\n")).contains("X-Path: /again");
      assertThat(stream.isOver()).isTrue();
    }
  }

  @Test
  void sendsHeadersBeforeTheFirstChunkAndChunksAtOnce() throws Exception {
    HttpResponse<InputStream> answer =
        client.send(to("/stream").build(), BodyHandlers.ofInputStream());
    HttpStream stream = streams.take();

    stream.write("first\n".getBytes(UTF_8));
    assertThat(new String(answer.body().readNBytes(6), UTF_8)).isEqualTo("first\n");
    stream.write("second\n".getBytes(UTF_8));
    assertThat(new String(answer.body().readNBytes(7), UTF_8)).isEqualTo("second\n");
    stream.end();

    assertThat(answer.body().read()).isEqualTo(-1);
  }

  @Test
  void noticesThatAClientLeavesAnIdleStream() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    try (Socket socket = connect()) {
      get(socket, "/stream");
      HttpStream stream = streams.take();
      stream.onOver(left::countDown);
      assertThat(stream.isOver()).isFalse();
    }

    assertThat(left.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void cutsAStreamWithoutAProperEnd() throws Exception {
    HttpResponse<InputStream> answer =
        client.send(to("/stream").build(), BodyHandlers.ofInputStream());
    HttpStream stream = streams.take();
    stream.write("half".getBytes(UTF_8));

    stream.cut();

    assertThat(new String(answer.body().readNBytes(4), UTF_8)).isEqualTo("half");
    assertThatThrownBy(() -> answer.body().read()).isInstanceOf(IOException.class);
  }

  @Test
  void resetsInsteadOfAnswering() throws Exception {
    try (Socket socket = connect()) {
      get(socket, "/reset");

      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void answers500WhenTheBackendThrows() throws Exception {
    HttpResponse<String> answer = client.send(to("/throw").build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("broken on purpose");
  }

  @Test
  void servesAThousandStreamsWithoutAThousandThreads() throws Exception {
    int before = Thread.activeCount(); // other tests' threads may be ending still
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 1000; i++) {
        Socket socket = connect();
        sockets.add(socket);
        get(socket, "/stream");
      }
      for (int i = 0; i < 1000; i++) {
        streams.take().write("x\n".getBytes(UTF_8));
      }
      for (Socket socket : sockets) {
        readUntil(socket.getInputStream(), "x\n");
      }

      assertThat(Thread.activeCount() - before).isLessThan(100);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void aReaderThatStopsReadingBlocksNobody() throws Exception {
    try (Socket socket = connect()) {
      get(socket, "/stream");
      HttpStream stream = streams.take();
      CountDownLatch drained = new CountDownLatch(1);

      stream.write(new byte[20 * 1024 * 1024]);
      stream.onDrained(drained::countDown);

      assertThat(drained.getCount()).isEqualTo(1);
      assertThat(socket.getInputStream().readNBytes(20 * 1024 * 1024)).hasSize(20 * 1024 * 1024);
      assertThat(drained.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void garbageAndHalfOpenConnectionsHurtNobody() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Socket socket = connect();
      socket
          .getOutputStream()
          .write((i % 2 == 0 ? "\u0016\u0003 nonsense\r\n\r\n" : "GET /x").getBytes(UTF_8));
      if (i % 4 == 3) {
        socket.shutdownOutput();
      }
      sockets.add(socket);
    }

    assertThat(client.send(to("/x").build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void dropsConnectionsAndServesOn() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    try (Socket socket = connect()) {
      get(socket, "/stream");
      streams.take().onOver(left::countDown);

      front.dropConnections();

      assertThat(left.await(5, TimeUnit.SECONDS)).isTrue();
    }
    await()
        .ignoreExceptions()
        .until(() -> client.send(to("/x").build(), BodyHandlers.ofString()).statusCode() == 200);
  }

  private static void get(Socket socket, String path) throws IOException {
    socket
        .getOutputStream()
        .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(UTF_8));
  }

  private static String readUntil(InputStream in, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int next = in.read();
      assertThat(next).as("read so far: " + text).isGreaterThanOrEqualTo(0);
      text.append((char) next);
    }
    return text.toString();
  }
}
