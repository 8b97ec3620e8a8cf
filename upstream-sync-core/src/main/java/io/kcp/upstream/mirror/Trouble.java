package io.kcp.upstream.mirror;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.google.common.base.CharMatcher;
import io.kcp.upstream.mirror.Mirror.State;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.Json;
import io.kcp.upstream.wire.RequestException;
import java.io.IOException;
import java.time.Duration;

/**
 * What a failure means to a mirror.
 *
 * @param slow asking again soon will not help
 * @param relist the version that the watch would resume at is of no use any more
 * @param atLeast how long the server asked to be left alone
 */
record Trouble(
    State state, String reason, String message, boolean slow, boolean relist, Duration atLeast) {
  static final String REWOUND = "VersionsRanBackwards";

  static Trouble of(IOException e) {
    if (e instanceof JacksonException && !(e instanceof JsonEOFException)) {
      // Its message may quote the text, which may be a Secret's.
      return retrying("Unreadable", "the answer is not the JSON that was asked for", true);
    }
    String text = e.getMessage();
    boolean quotes = text == null || e instanceof JacksonException;
    String what = quotes ? "it ended early" : text;
    return retrying("ConnectionLost", "the connection was lost: " + what, false);
  }

  static Trouble of(RequestException e) {
    return switch (e.code()) {
      case RequestException.NO_ANSWER -> retrying("NoAnswer", message(e), false);
      case 403 -> slow(State.FORBIDDEN, "Forbidden", e);
      case 404 -> slow(State.NOT_SERVED, "NotFound", e);
      case 405 -> slow(State.NOT_SERVED, "MethodNotAllowed", e);
      case 410 -> retrying("Expired", message(e), true);
      default -> other(e);
    };
  }

  static Trouble of(RewoundException e) {
    String message = String.valueOf(e.getMessage());
    return new Trouble(State.RETRYING, REWOUND, message, true, true, Duration.ZERO);
  }

  static Trouble of(OtherClusterException e) {
    return retrying("OtherCluster", String.valueOf(e.getMessage()), false);
  }

  static Trouble of(RuntimeException bug) {
    return bug instanceof RequestException e
        ? of(e)
        : retrying("InternalError", bug.getClass().getName(), true);
  }

  private static Trouble other(RequestException e) {
    boolean relist = isTooLarge(e) || (e.code() < 500 && !e.isTransient());
    String reason = e.reason().isEmpty() ? "Http" + e.code() : e.reason();
    return new Trouble(State.RETRYING, reason, message(e), false, relist, e.retryAfter());
  }

  /** 504, when the version to resume at is from the server's future: before a restore. */
  private static boolean isTooLarge(RequestException e) {
    return e.status().stream()
        .filter(status -> status.tree("details").isPresent())
        .flatMap(status -> status.items("details.causes").stream())
        .map(cause -> cause.string("reason").orElse(""))
        .anyMatch("ResourceVersionTooLarge"::equals);
  }

  private static Trouble slow(State state, String reason, RequestException e) {
    boolean gone = state == State.NOT_SERVED;
    return new Trouble(state, reason, message(e), true, gone, e.retryAfter());
  }

  private static Trouble retrying(String reason, String message, boolean relist) {
    return new Trouble(State.RETRYING, reason, message, false, relist, Duration.ZERO);
  }

  private static String message(RequestException e) {
    // A server's plain text may have lines; a log entry has one.
    return CharMatcher.whitespace().trimAndCollapseFrom(String.valueOf(e.getMessage()), ' ');
  }

  Health.Condition condition() {
    return new Health.Condition(state, reason, message);
  }

  /** An ERROR event as the refusal that it is. */
  static RequestException refusal(RawObject event, String request) throws IOException {
    ObjectTree status = ObjectTree.of(Json.readObject(event.json()));
    long seconds = status.integer("details.retryAfterSeconds").orElse(0);
    int code = (int) status.integer("code").orElse(500);
    return RequestException.refused(
        request, code, Duration.ofSeconds(Math.max(0, Math.min(seconds, 300))), event.json());
  }
}
