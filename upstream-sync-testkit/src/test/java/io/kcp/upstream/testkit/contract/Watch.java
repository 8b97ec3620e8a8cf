package io.kcp.upstream.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/** An open watch. */
final class Watch implements AutoCloseable {
  private final int status;
  private final HttpHeaders headers;
  private final BufferedReader reader;

  Watch(int status, HttpHeaders headers, InputStream body) {
    this.status = status;
    this.headers = headers;
    this.reader = new BufferedReader(new InputStreamReader(body, UTF_8));
  }

  int status() {
    return status;
  }

  HttpHeaders headers() {
    return headers;
  }

  /** Waits for the next event; a missing node at the end of the stream. */
  JsonNode next() {
    try {
      String line = reader.readLine();
      return line == null ? Answer.JSON.missingNode() : Answer.JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next event as its type and the object's name, "end" at the end of the stream. */
  String nextName() {
    return text(next());
  }

  static String text(JsonNode event) {
    return event.isMissingNode()
        ? "end"
        : event.at("/type").asText() + " " + event.at("/object/metadata/name").asText();
  }

  List<String> names(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(nextName());
    }
    return names;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
