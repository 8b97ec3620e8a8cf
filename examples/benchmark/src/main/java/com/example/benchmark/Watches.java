package com.example.benchmark;

import com.example.benchmark.contender.Api;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many watches of one collection, each on a socket of its own, read in turn. */
final class Watches implements AutoCloseable {
  private final List<Socket> sockets = new ArrayList<>();
  private final List<InputStream> answers = new ArrayList<>();

  private Watches() {}

  /** Opens so many from now on; returns when the server has answered all. */
  static Watches open(Api api, String collection, int count) throws IOException {
    String version = api.get(collection + "?limit=1").at("/metadata/resourceVersion").asText();
    URI uri = URI.create(api.uri());
    String request =
        "GET %s?watch=1&resourceVersion=%s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\n\r\n"
            .formatted(collection, version, uri.getAuthority());
    Watches watches = new Watches();
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket(uri.getHost(), uri.getPort());
      socket.setSoTimeout(60_000);
      watches.sockets.add(socket);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
    for (Socket socket : watches.sockets) {
      InputStream answer = new BufferedInputStream(socket.getInputStream());
      readUntil(answer, "\r\n\r\n");
      watches.answers.add(answer);
    }
    return watches;
  }

  /** Creates an object, and waits until each watch has it. */
  double millisToReachAll(Api api, int round) throws IOException {
    long before = System.nanoTime();
    Load.create(api, -1 - round, 0);
    for (InputStream answer : answers) {
      readUntil(answer, "}\n");
    }
    return (System.nanoTime() - before) / 1e6;
  }

  private static void readUntil(InputStream in, String end) throws IOException {
    int found = 0;
    while (found < end.length()) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("a watch ended early");
      }
      found = next == end.charAt(found) ? found + 1 : next == end.charAt(0) ? 1 : 0;
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
