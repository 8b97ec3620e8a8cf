package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Sends one reply with the headers that every answer has. */
final class Responder {
  private static final int WORTH_ZIPPING = 128 * 1024;

  private final HttpRequest request;
  private final HttpAnswer answer;
  private final List<String> warnings;

  Responder(HttpRequest request, HttpAnswer answer, List<String> warnings) {
    this.request = request;
    this.answer = answer;
    this.warnings = warnings;
  }

  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Audit-Id", UUID.randomUUID().toString());
    headers.put("Cache-Control", "no-cache, private");
    if (!warnings.isEmpty()) {
      headers.put(
          "Warning",
          warnings.stream().distinct().map(Responder::warning).collect(Collectors.joining(", ")));
    }
    return headers;
  }

  void send(Reply reply) {
    Map<String, String> headers = headers();
    headers.putAll(reply.headers());
    byte[] body = reply.body();
    boolean zips = request.headers().getOrDefault("accept-encoding", "").contains("gzip");
    if (zips && body.length > WORTH_ZIPPING) {
      body = zipped(body);
      headers.put("Content-Encoding", "gzip");
      headers.merge("Vary", "Accept-Encoding", (a, b) -> a + ", " + b);
    }
    answer.send(reply.status(), headers, body);
  }

  private static String warning(String text) {
    return "299 - \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static byte[] zipped(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new QuickZip(out)) {
      zip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Zips as little as the real server does. */
  private static final class QuickZip extends GZIPOutputStream {
    QuickZip(OutputStream out) throws IOException {
      super(out, 16 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
