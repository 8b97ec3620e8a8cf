package io.kcp.upstream.testkit.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.servlet.AsyncContext;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads each request whole and hands it to the backend of the port that it came to. */
final class BackendHandler extends AbstractHandler {
  private static final Logger LOG = LoggerFactory.getLogger(BackendHandler.class);

  /** A guard for this process's memory only: a server's own limit is far below. */
  private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

  /** What a port leads to; a bean of its connector. */
  record Door(HttpBackend backend) {}

  @Override
  public void handle(
      String target, Request base, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    base.setHandled(true);
    byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
    AsyncContext async = request.startAsync();
    async.setTimeout(0);
    JettyAnswer answer = new JettyAnswer(base, async);
    if (body.length > MAX_BODY_BYTES) {
      answer.sendText(413, "The body is larger than " + MAX_BODY_BYTES + " bytes.", true);
      return;
    }
    Door door = base.getHttpChannel().getConnector().getBean(Door.class);
    try {
      door.backend().handle(toRequest(base, body), answer);
    } catch (RuntimeException e) {
      LOG.error("{} {} failed in the server", base.getMethod(), base.getHttpURI(), e);
      answer.fail("The server failed, see its log: " + e);
    }
  }

  private static HttpRequest toRequest(Request base, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    for (HttpField field : base.getHttpFields()) {
      String value = field.getValue() == null ? "" : field.getValue();
      headers.merge(field.getName().toLowerCase(Locale.ROOT), value, (a, b) -> a + ", " + b);
    }
    String query = base.getHttpURI().getQuery();
    return new HttpRequest(
        base.getMethod(),
        base.getHttpURI().getPath(),
        query == null ? "" : query,
        Map.copyOf(headers),
        body);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
