package io.kcp.upstream.testkit.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection on which anything can be sent. */
final class RawCall implements AutoCloseable {
  private static final int MILLIS = 10_000;

  private final Socket socket;
  private final String token;

  RawCall(ContractServer server) {
    this.token = server.token();
    URI uri = server.uri();
    try {
      socket =
          server.tls().isPresent()
              ? server.tls().get().getSocketFactory().createSocket(uri.getHost(), uri.getPort())
              : new Socket(uri.getHost(), uri.getPort());
      socket.setSoTimeout(MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends the head of a request with the token, and what follows.
   *
   * @param head the request line and headers, each without its line end
   */
  RawCall send(String body, String... head) {
    StringBuilder text = new StringBuilder();
    for (String line : head) {
      text.append(line).append("\r\n");
    }
    text.append("Host: localhost\r\n");
    if (!token.isEmpty()) {
      text.append("Authorization: Bearer ").append(token).append("\r\n");
    }
    text.append("\r\n").append(body);
    return write(text.toString());
  }

  RawCall write(String text) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says that nothing more will be sent. */
  RawCall endOutput() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that comes until the server closes, or has been silent for long; "" for nothing. */
  String readAll() {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        read.write(next);
      }
    } catch (SocketTimeoutException e) {
      read.writeBytes("[silence]".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      read.writeBytes("[reset]".getBytes(StandardCharsets.UTF_8));
    }
    return read.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
