package io.kcp.upstream.testkit.http;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.servlet.AsyncContext;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** The answer to one request over HTTP. */
final class JettyAnswer implements HttpAnswer {
  private final Request request;
  private final JettyStream stream;
  private final AtomicBoolean begun = new AtomicBoolean();

  JettyAnswer(Request request, AsyncContext async) {
    this.request = request;
    this.stream = new JettyStream(request.getHttpChannel().getEndPoint(), async);
  }

  @Override
  public void send(int status, Map<String, String> headers, byte[] body) {
    Response response = begin(status, headers);
    response.setLongContentLength(body.length);
    stream.write(body);
    stream.end();
    stream.open(response.getHttpOutput());
  }

  @Override
  public HttpStream stream(int status, Map<String, String> headers) {
    Response response = begin(status, headers);
    stream.watchForDisconnect();
    stream.open(response.getHttpOutput());
    return stream;
  }

  @Override
  public void reset() {
    begun.set(true);
    stream.reset();
  }

  void sendText(int status, String text, boolean close) {
    Map<String, String> type = Map.of("Content-Type", "text/plain; charset=utf-8");
    Map<String, String> typeAndClose =
        Map.of("Content-Type", "text/plain; charset=utf-8", "Connection", "close");
    send(status, close ? typeAndClose : type, BackendHandler.utf8(text + "\n"));
  }

  /** The backend threw: 500 where nothing was answered yet, else a broken connection. */
  void fail(String text) {
    if (begun.get()) {
      stream.cut();
    } else {
      sendText(500, text, false);
    }
  }

  private Response begin(int status, Map<String, String> headers) {
    if (!begun.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "answered twice: " + request.getMethod() + " " + request.getHttpURI());
    }
    Response response = request.getResponse();
    response.setStatus(status);
    headers.forEach(response.getHttpFields()::put); // setHeader would rewrite the content type
    return response;
  }
}
