package io.kcp.upstream.wire;

import com.google.common.base.Ascii;
import io.kcp.upstream.spi.ObjectTree;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * A request that got no answer, an unreadable one, or a refusal. Decide by {@link #code} and {@link
 * #reason}, never by the message.
 */
public final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The code of a request that no server answered. */
  public static final int NO_ANSWER = 0;

  private final int code;
  private final transient ObjectTree status;
  private final Duration retryAfter;

  private RequestException(
      int code, ObjectTree status, Duration retryAfter, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  static RequestException noAnswer(String request, IOException cause) {
    String what =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new RequestException(
        NO_ANSWER, ObjectTree.of(Map.of()), Duration.ZERO, request + ": no answer: " + what, cause);
  }

  /** For an answer that arrived, and is not what was asked for; the cause's text is left out. */
  public static RequestException unreadable(Exception cause) {
    // Jackson's message may quote the text, which may be a Secret's.
    return new RequestException(
        NO_ANSWER,
        ObjectTree.of(Map.of()),
        Duration.ZERO,
        "the answer is not readable: " + cause.getClass().getSimpleName(),
        null);
  }

  /** For a refusal that came as a code and a Status, as an answer or as an event of a watch. */
  public static RequestException refused(
      String request, int code, Duration retryAfter, byte[] body) {
    ObjectTree status = status(body);
    String text = status.string("message").orElseGet(() -> plain(body));
    return new RequestException(code, status, retryAfter, request + ": " + code + " " + text, null);
  }

  private static ObjectTree status(byte[] body) {
    try {
      ObjectTree tree = ObjectTree.of(Json.readObject(body));
      return tree.kind().equals("Status") ? tree : ObjectTree.of(Map.of());
    } catch (IOException | RuntimeException e) {
      return ObjectTree.of(Map.of()); // plain text: what a router, a proxy or flow control answers
    }
  }

  private static String plain(byte[] body) {
    return Ascii.truncate(new String(body, StandardCharsets.UTF_8).strip(), 200, "...");
  }

  /** The HTTP code, or {@link #NO_ANSWER}. */
  public int code() {
    return code;
  }

  /** What to log at: that nothing came at all, the endpoint says for all of its requests. */
  public Level level() {
    return code == NO_ANSWER && getCause() != null ? Level.DEBUG : Level.WARN;
  }

  /** The Status's reason, "" where the answer was no Status or gave none. */
  public String reason() {
    return status.string("reason").orElse("");
  }

  /** The Status document, empty where the answer was none. */
  public Optional<ObjectTree> status() {
    return status.asMap().isEmpty() ? Optional.empty() : Optional.of(status);
  }

  /** The Status's message, or the whole message where there is none. */
  public String serverMessage() {
    return status.string("message").orElseGet(this::getMessage);
  }

  /** How long the server asked to be left alone; zero when it did not. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /**
   * A Status NotFound that names this object: the only 404 that says something about the object.
   */
  public boolean saysNotFound(String name) {
    return code == 404
        && reason().equals("NotFound")
        && status.string("details.name").equals(Optional.of(name));
  }

  /** Whether the same request may well succeed later, nothing being wrong with it. */
  public boolean isTransient() {
    return code == NO_ANSWER
        || code == 401
        || code == 429
        || (code >= 500 && !isTerminalServerError());
  }

  /** Whether the server, or the way to it, has more to do than it can. */
  boolean showsOverload() {
    return code == 429 || code == 503 || getCause() instanceof InterruptedIOException;
  }

  /** An API server answers some requests that can never succeed with 500 and no reason. */
  private boolean isTerminalServerError() {
    return code == 500
        && reason().isEmpty()
        && status.string("message").orElse("").startsWith("failed to create typed patch object");
  }
}
